import type { NextRequest } from "next/server";
import { localeOf } from "@/lib/i18n/locales";
import { limits, takeAttempt } from "@/lib/limits";
import { asOffered } from "@/lib/offers/context";
import { getOfferPage } from "@/lib/offers/queries";
import { statusOf, toPublicError } from "@/lib/server/result";
import { privateHeaders } from "@/lib/server/route";

/** The offer of the page to keep, in the language that was asked for. What writes it is loaded when somebody first asks. */
export async function GET(request: NextRequest, route: { params: Promise<{ token: string }> }): Promise<Response> {
  try {
    const { token } = await route.params;
    const asked = request.nextUrl.searchParams.get("lang");
    const file = await asOffered(token, async (ctx, link) => {
      await takeAttempt(limits.paper, link.id);
      const offer = await getOfferPage(ctx, link.proposalId);
      const { offerPaper } = await import("@/components/offers/offer-paper");
      return offerPaper(offer, localeOf(asked ?? offer.language, null));
    });
    return new Response(new Uint8Array(file), {
      headers: {
        ...privateHeaders,
        "content-type": "application/pdf",
        "content-disposition": 'attachment; filename="offer.pdf"',
      },
    });
  } catch (error) {
    return new Response(null, { status: statusOf(toPublicError(error)), headers: privateHeaders });
  }
}
