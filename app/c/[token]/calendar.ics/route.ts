import { getLocale, getTranslations } from "next-intl/server";
import { calendarFile } from "@/lib/links/calendar-file";
import { asCustomer } from "@/lib/links/context";
import { getContactPage } from "@/lib/links/queries";
import { statusOf, toPublicError } from "@/lib/server/result";
import { privateHeaders } from "@/lib/server/route";

/** The next appointment of the page as a calendar file; without one, the same answer as for a link that is not there. */
export async function GET(_request: Request, route: { params: Promise<{ token: string }> }): Promise<Response> {
  try {
    const { token } = await route.params;
    const file = await asCustomer(token, async (ctx, { customerId }) => {
      const { appointment, company } = await getContactPage(ctx, customerId);
      if (!appointment) return null;
      const t = await getTranslations({ locale: await getLocale(), namespace: "contact" });
      return calendarFile(appointment, `${appointment.name ?? t("next_type.appointment")}, ${company}`, ctx.now);
    });
    if (file === null) return new Response(null, { status: 404, headers: privateHeaders });
    return new Response(file, {
      headers: {
        ...privateHeaders,
        "content-type": "text/calendar; charset=utf-8",
        "content-disposition": 'attachment; filename="appointment.ics"',
      },
    });
  } catch (error) {
    return new Response(null, { status: statusOf(toPublicError(error)), headers: privateHeaders });
  }
}
