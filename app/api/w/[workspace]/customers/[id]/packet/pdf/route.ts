import { z } from "zod";
import { getPacket } from "@/lib/handoffs/queries";
import { localeOf } from "@/lib/i18n/locales";
import { download } from "@/lib/server/download";

const Key = z.strictObject({ id: z.uuid() });

/** The packet of a customer's journey, in the reader's language. What writes it is loaded when somebody first asks. */
export const GET = download(Key, async (ctx, { id }) => {
  const { packet } = await getPacket(ctx, { customerId: id });
  const { name } = await ctx.db.workspace.findFirstOrThrow({ where: { id: ctx.workspaceId }, select: { name: true } });
  const { packetPaper } = await import("@/components/handoffs/packet-paper");
  const body = new Uint8Array(await packetPaper(packet, name, localeOf(ctx.locale, null)));
  return { fileName: "packet.pdf", mediaType: "application/pdf", body };
});
