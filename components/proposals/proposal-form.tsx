"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { useErrorWords } from "@/components/ui/error-words";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { paths } from "@/lib/paths";
import type { PriceBookView } from "@/lib/products/schema";
import { draftProposalAction } from "@/lib/proposals/actions";
import { type ContentDraft, ContentFields, contentOf, priceOfDraft } from "./content-fields";
import type { LineDraft } from "./lines-editor";

type Props = {
  workspace: string;
  customerId: string;
  needs: readonly string[];
  books: readonly PriceBookView[];
  validTo: string;
  /** The offers of record that a new one may take the place of, by need. */
  standing: readonly { id: string; need: string }[];
};

const blank = (book: PriceBookView | undefined): LineDraft => ({
  productId: book?.lines[0]?.productId ?? "",
  quantity: "1",
  percent: "0",
  isOptional: false,
});

/** Drafts a proposal line by line; the net price stands under the lines while they are written. */
export function ProposalForm({ workspace, customerId, needs, books, validTo: usualDay, standing }: Props) {
  const t = useTranslations("proposals");
  const words = useErrorWords();
  const reasons = useTranslations("common");
  const router = useRouter();
  const [book, setBook] = useState(books[0]);
  const [need, setNeed] = useState(needs[0] ?? "");
  const [draft, setDraft] = useState<ContentDraft>({
    lines: [blank(books[0])],
    validTo: usualDay,
    term: "1",
    free: "0",
  });
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<{ words: string; fields: Record<string, string> } | null>(null);
  if (!book) return <p className="text-13 text-ink-2">{t("no_price_book")}</p>;
  const price = priceOfDraft(draft, book);
  const supersedes = standing.find((offer) => offer.need.trim().toLowerCase() === need.trim().toLowerCase());
  const wrong = (field: string) => {
    const reason = failure?.fields[field];
    if (!reason) return undefined;
    return reasons.has(`reasons.${reason}`) ? reasons(`reasons.${reason}`) : reasons("errors.invalid");
  };
  const save = async () => {
    setBusy(true);
    const result = await draftProposalAction(workspace, {
      ...{ customerId, need, priceBookId: book.id, ...contentOf(draft) },
      ...(supersedes ? { supersedesId: supersedes.id } : {}),
    }).catch(() => null);
    setBusy(false);
    if (result?.ok) return router.push(paths.proposal(workspace, result.data.id));
    const error = result?.error ?? { code: "unavailable" as const, reason: "unavailable" };
    setFailure({ words: words(error), fields: error.fields ?? {} });
  };
  return (
    <div className="grid max-w-220 gap-4" aria-busy={isBusy}>
      <div className="grid items-start gap-3 md:grid-cols-2">
        <Field label={t("need")} hint={t("need_hint")} error={wrong("need")} isRequired>
          {(control) => (
            <Input
              {...control}
              dir="auto"
              maxLength={200}
              value={need}
              onChange={(event) => setNeed(event.target.value)}
            />
          )}
        </Field>
        <Field label={t("price_book")} error={wrong("priceBookId") ?? wrong("currency")}>
          {(control) => (
            <Select
              {...control}
              value={book.id}
              options={books.map(({ id, name, currency }) => ({ value: id, label: `${name} · ${currency}` }))}
              onChange={(event) => {
                const next = books.find(({ id }) => id === event.target.value);
                setBook(next);
                setDraft({ ...draft, lines: [blank(next)] });
              }}
            />
          )}
        </Field>
      </div>
      <ContentFields book={book} draft={draft} onChange={setDraft} wrong={wrong} />
      {supersedes ? <p className="text-13 text-warn">{t("supersede")}</p> : null}
      <div>
        <Button kind="primary" isBusy={isBusy} disabled={need.trim() === "" || !price} onClick={() => void save()}>
          {t("draft")}
        </Button>
      </div>
      {failure ? (
        <p role="alert" className="text-13 text-bad">
          {failure.words}
        </p>
      ) : null}
    </div>
  );
}
