import { createHash } from "node:crypto";
import type { Context } from "../context";
import { AppError } from "../errors";
import type { Proposal } from "../generated/prisma/client";
import { priceChoice } from "./options";

/** The hash of what a customer accepted: the content that was approved, and which of its options she chose. */
export function acceptedHashOf(contentHash: string, chosen: readonly number[]): string {
  return createHash("sha256")
    .update(JSON.stringify({ content: contentHash, chosen }))
    .digest("hex");
}

/**
 * The columns of a proposal that a customer accepts with some of its options, named by their places: from now on its price is that
 * of what she chose. Throws `invalid` `unknown_option` for a place that is no option of it.
 */
export async function choiceOf(ctx: Context, found: Proposal, places: readonly number[]): Promise<object> {
  const chosen = [...new Set(places)].sort((a, b) => a - b);
  const bound = { chosenOptions: chosen, acceptedHash: acceptedHashOf(found.contentHash, chosen) };
  if (chosen.length === 0) return bound;
  const rows = await ctx.db.proposalLine.findMany({
    where: { workspaceId: ctx.workspaceId, proposalId: found.id, revision: found.revision },
    orderBy: { position: "asc" },
  });
  const lines = rows.map(({ unitMinor, costMinor, recurrence, ...line }) => ({
    ...{ ...line, unitMinor: Number(unitMinor), costMinor: costMinor === null ? null : Number(costMinor) },
    recurrence: recurrence === "monthly" ? ("monthly" as const) : ("once" as const),
  }));
  const price = priceChoice(lines, chosen, found, found);
  if (!price) throw new AppError("invalid", "unknown_option", { fields: { options: "unknown_option" } });
  return {
    ...bound,
    ...{ listMinor: BigInt(price.list), netMinor: BigInt(price.net), monthlyMinor: BigInt(price.monthly) },
    ...{ costMinor: price.cost === null ? null : BigInt(price.cost) },
    ...{ discountBp: price.discountBp, marginBp: price.marginBp },
  };
}
