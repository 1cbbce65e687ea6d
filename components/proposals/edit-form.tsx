"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Problem } from "@/components/ui/problem";
import { useWrite } from "@/components/ui/use-write";
import type { PriceBookView } from "@/lib/products/schema";
import { editProposalAction } from "@/lib/proposals/actions";
import type { ProposalView } from "@/lib/proposals/schema";
import { type ContentDraft, ContentFields, contentOf, priceOfDraft } from "./content-fields";
import { useWrong } from "./prices/use-wrong";

export type EditProps = { workspace: string; proposal: ProposalView; book: PriceBookView };

/** What it offers now. */
const draftOf = ({ lines, validTo, termMonths, freeMonths }: ProposalView): ContentDraft => ({
  ...{ validTo, term: String(termMonths), free: String(freeMonths) },
  lines: lines.map(({ productId, quantity, discountBp, isOptional }) => ({
    ...{ productId, isOptional, quantity: String(quantity), percent: String(discountBp / 100) },
  })),
});

/** What it covers when nobody said so otherwise: the names of its products. */
const namesOf = ({ lines }: ProposalView) =>
  [...new Set(lines.map(({ productName }) => productName.toLowerCase()))].sort();

/** Changes what a proposal offers; a new version of it stands then, approved again where that is needed. */
export function EditForm({ workspace, proposal, book, onDone }: EditProps & { onDone: () => void }) {
  const t = useTranslations("proposals");
  const common = useTranslations("common");
  const router = useRouter();
  const { isBusy, error, fields, run } = useWrite();
  const [draft, setDraft] = useState(() => draftOf(proposal));
  const save = async () => {
    const { id, version, note, scopeTags } = proposal;
    const isUsual = scopeTags.join() === namesOf(proposal).join();
    const input = { id, version, note, scopeTags: isUsual ? [] : scopeTags, ...contentOf(draft) };
    await run(() => editProposalAction(workspace, input));
    // The new version closes the form when the page shows it; a refused one stays to be mended.
    router.refresh();
  };
  return (
    <section aria-label={t("edit")} className="grid max-w-220 gap-4 border-hairline border-t pt-4" aria-busy={isBusy}>
      <ContentFields book={book} draft={draft} onChange={setDraft} wrong={useWrong(fields)} />
      <p className="text-12 text-ink-3">{t("edit_hint")}</p>
      <div className="flex gap-2">
        <Button kind="primary" isBusy={isBusy} disabled={!priceOfDraft(draft, book)} onClick={() => void save()}>
          {common("save")}
        </Button>
        <Button onClick={onDone}>{common("cancel")}</Button>
      </div>
      <Problem text={error} />
    </section>
  );
}
