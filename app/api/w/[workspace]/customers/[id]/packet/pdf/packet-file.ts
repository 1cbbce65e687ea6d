import { z } from "zod";
import type { Context } from "@/lib/context";
import { getPacket } from "@/lib/handoffs/queries";
import { localeOf } from "@/lib/i18n/locales";

/** Whose packet: a customer's, of her primary journey unless another is named. */
export const PacketFileKey = z.strictObject({ id: z.uuid(), journey: z.uuid().optional() });

/** The packet of a customer's journey, in the reader's language. What writes it is loaded when somebody first asks. */
export async function packetFile(ctx: Context, { id, journey }: z.output<typeof PacketFileKey>) {
  const { packet } = await getPacket(ctx, { customerId: id, journeyId: journey });
  const { name } = await ctx.db.workspace.findFirstOrThrow({ where: { id: ctx.workspaceId }, select: { name: true } });
  const { packetPaper } = await import("@/components/handoffs/packet-paper");
  const body = new Uint8Array(await packetPaper(packet, name, localeOf(ctx.locale, null)));
  return { fileName: "packet.pdf", mediaType: "application/pdf", body };
}
