import type { Context } from "../context";
import { AppError } from "../errors";
import { requireVisibleCustomer } from "../journeys/visibility";
import { record, transaction } from "../transaction";
import { changeProposal } from "./commands";
import { columnsOf, priceContent, textOf, writeLines } from "./content";
import { loadProposal, subjectOf } from "./loaded";
import { requireOptions } from "./power";
import type { DraftOptions } from "./schema";

/**
 * Writes what a customer may choose from into a draft, for designers without a word on prices: what is fixed, its dates and terms
 * stay as the seller has them, an option that was there keeps its discount, and a new one has none. Throws `refused`
 * `no_such_move` once it was handed in, `invalid` with the field for a product that is fixed already.
 */
export async function draftOptions(ctx: Context, input: DraftOptions): Promise<{ version: number }> {
  return transaction(ctx, async (ctx) => {
    const before = await loadProposal(ctx, input);
    await requireVisibleCustomer(ctx, before.customerId);
    await requireOptions(ctx, before);
    if (before.state !== "draft") throw new AppError("refused", "no_such_move");
    const { workspaceId } = ctx;
    const { id, scopeTags, termMonths, freeMonths } = before;
    const was = await ctx.db.proposalLine.findMany({
      where: { workspaceId, proposalId: id, revision: before.revision },
      orderBy: { position: "asc" },
    });
    const fixed = was.filter(({ isOptional }) => !isOptional);
    const place = input.options.findIndex(({ productId }) => fixed.some((line) => line.productId === productId));
    if (place >= 0)
      throw new AppError("invalid", "already_fixed", { fields: { [`options.${place}.productId`]: "already_fixed" } });
    const options = input.options.map(({ productId, quantity }) => {
      const known = was.find((line) => line.isOptional && line.productId === productId);
      return { productId, quantity, discountBp: known?.discountBp ?? 0, isOptional: true };
    });
    const lines = [
      ...fixed.map(({ productId, quantity, discountBp }) => ({ productId, quantity, discountBp, isOptional: false })),
      ...options,
    ];
    const wanted = { lines, scopeTags, termMonths, freeMonths, validTo: textOf(before.validTo) };
    const content = await priceContent(ctx, before.priceBookId, wanted);
    const revision = before.revision + 1;
    await writeLines(ctx, id, revision, content);
    const changed = await changeProposal(ctx, before, { ...columnsOf(content, wanted), revision });
    record(ctx, "proposal.options_drafted", {
      ...subjectOf(before),
      detail: {
        before: was.filter(({ isOptional }) => isOptional).map(({ productId, quantity }) => ({ productId, quantity })),
        after: input.options,
        revision,
      },
    });
    return changed;
  });
}
