import { z } from "zod";
import { localeOf } from "@/lib/i18n/locales";
import { getOffer } from "@/lib/offers/queries";
import { download } from "@/lib/server/download";

const Key = z.strictObject({ id: z.uuid() });

/** A presented proposal as its customer got it, in her language. What writes it is loaded when somebody first asks. */
export const GET = download(Key, async (ctx, { id }) => {
  const offer = await getOffer(ctx, { id });
  const { offerPaper } = await import("@/components/offers/offer-paper");
  const body = new Uint8Array(await offerPaper(offer, localeOf(offer.language, null)));
  return { fileName: "offer.pdf", mediaType: "application/pdf", body };
});
