import { asCustomer } from "@/lib/links/context";
import { findOscPhoto } from "@/lib/links/queries";
import { statusOf, toPublicError } from "@/lib/server/result";
import { privateHeaders } from "@/lib/server/route";

const shown = new Set(["image/jpeg", "image/png", "image/webp"]);

/** The photo of the contact that the page names. */
export async function GET(_request: Request, route: { params: Promise<{ token: string }> }): Promise<Response> {
  try {
    const { token } = await route.params;
    const photo = await asCustomer(token, (ctx, { customerId }) => findOscPhoto(ctx, customerId));
    if (!photo || !shown.has(photo.mediaType)) return new Response(null, { status: 404, headers: privateHeaders });
    return new Response(new Uint8Array(photo.content), {
      headers: { ...privateHeaders, "content-type": photo.mediaType },
    });
  } catch (error) {
    return new Response(null, { status: statusOf(toPublicError(error)), headers: privateHeaders });
  }
}
