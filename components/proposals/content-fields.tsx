"use client";

import { useLocale, useTranslations } from "next-intl";
import { apart } from "@/components/ui/apart";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { PriceBookView } from "@/lib/products/schema";
import { type LineDraft, LinesEditor, priceDrafts } from "./lines-editor";
import { amountOf, shareOf } from "./words";

/** What a proposal offers while it is being written. */
export type ContentDraft = { lines: LineDraft[]; validTo: string; term: string; free: string };

/** The same as a command takes it. */
export const contentOf = ({ lines, validTo, term, free }: ContentDraft) => ({
  ...{ validTo, termMonths: Number(term) || 1, freeMonths: Number(free) || 0 },
  lines: lines.map(({ productId, quantity, percent, isOptional }) => ({
    ...{ productId, isOptional, quantity: Number(quantity), discountBp: Math.round(Number(percent) * 100) },
  })),
});

/** Its price; null while a number is missing. */
export const priceOfDraft = (draft: ContentDraft, book: PriceBookView) =>
  priceDrafts(draft.lines, book, contentOf(draft));

type Props = {
  book: PriceBookView;
  draft: ContentDraft;
  onChange: (draft: ContentDraft) => void;
  wrong: (field: string) => string | undefined;
};

/** The lines of a proposal, its last day and term, and what it comes to while it is written. */
export function ContentFields({ book, draft, onChange, wrong }: Props) {
  const t = useTranslations("proposals");
  const locale = useLocale();
  const price = priceOfDraft(draft, book);
  const input = (key: "validTo" | "term" | "free", label: string, field: string, rest: object) => (
    <Field label={label} error={wrong(field)}>
      {(control) => (
        <Input
          {...{ ...control, ...rest, value: draft[key] }}
          onChange={(event) => onChange({ ...draft, [key]: event.target.value })}
        />
      )}
    </Field>
  );
  return (
    <>
      <LinesEditor
        book={book}
        lines={draft.lines}
        onChange={(lines) => onChange({ ...draft, lines })}
        errorOf={(place) => wrong(`lines.${place}.productId`)}
      />
      <div className="grid items-start gap-3 md:grid-cols-3">
        {input("validTo", t("last_day"), "validTo", { type: "date" })}
        {input("term", t("term_months"), "termMonths", { type: "number", min: 1, max: 120 })}
        {input("free", t("free_months"), "freeMonths", { type: "number", min: 0, max: 119 })}
      </div>
      <p className="num text-13 text-ink-2" aria-live="polite">
        {t("net_total")}:{" "}
        <bdi className="font-550 text-ink-1">{price ? amountOf(price.base.net, book.currency, locale) : ""}</bdi>{" "}
        {price && price.base.discountBp > 0 ? t("discount", { share: shareOf(price.base.discountBp, locale) }) : ""}
        {price?.full
          ? ` · ${t("with_options", { amount: apart(amountOf(price.full.net, book.currency, locale)) })}`
          : ""}
      </p>
    </>
  );
}
