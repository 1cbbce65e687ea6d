"use client";

import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { apart } from "@/components/ui/apart";
import { Button } from "@/components/ui/button";
import { useErrorWords } from "@/components/ui/error-words";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { paths } from "@/lib/paths";
import type { PriceBookView } from "@/lib/products/schema";
import { draftProposalAction } from "@/lib/proposals/actions";
import { type LineDraft, LinesEditor, priceDrafts } from "./lines-editor";
import { amountOf, shareOf } from "./words";

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
  const locale = useLocale();
  const router = useRouter();
  const [book, setBook] = useState(books[0]);
  const [need, setNeed] = useState(needs[0] ?? "");
  const [validTo, setValidTo] = useState(usualDay);
  const [months, setMonths] = useState({ term: "1", free: "0" });
  const [lines, setLines] = useState([blank(books[0])]);
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<{ words: string; fields: Record<string, string> } | null>(null);
  if (!book) return <p className="text-13 text-ink-2">{t("no_price_book")}</p>;
  const term = { termMonths: Number(months.term) || 1, freeMonths: Number(months.free) || 0 };
  const price = priceDrafts(lines, book, term);
  const supersedes = standing.find((offer) => offer.need.trim().toLowerCase() === need.trim().toLowerCase());
  const wrong = (field: string) => {
    const reason = failure?.fields[field];
    if (!reason) return undefined;
    return reasons.has(`reasons.${reason}`) ? reasons(`reasons.${reason}`) : reasons("errors.invalid");
  };
  const save = async () => {
    setBusy(true);
    const result = await draftProposalAction(workspace, {
      ...{ customerId, need, priceBookId: book.id, validTo, ...term },
      ...(supersedes ? { supersedesId: supersedes.id } : {}),
      lines: lines.map(({ productId, quantity, percent, isOptional }) => ({
        ...{ productId, isOptional, quantity: Number(quantity), discountBp: Math.round(Number(percent) * 100) },
      })),
    }).catch(() => null);
    setBusy(false);
    if (result?.ok) return router.push(paths.proposal(workspace, result.data.id));
    const error = result?.error ?? { code: "unavailable" as const, reason: "unavailable" };
    setFailure({ words: words(error), fields: error.fields ?? {} });
  };
  const input = (label: string, field: string, value: string, onChange: (value: string) => void, rest: object = {}) => (
    <Field label={label} error={wrong(field)}>
      {(control) => <Input {...control} {...rest} value={value} onChange={(event) => onChange(event.target.value)} />}
    </Field>
  );
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
                setLines([blank(next)]);
              }}
            />
          )}
        </Field>
      </div>
      <LinesEditor
        book={book}
        lines={lines}
        onChange={setLines}
        errorOf={(place) => wrong(`lines.${place}.productId`)}
      />
      <div className="grid items-start gap-3 md:grid-cols-3">
        {input(t("last_day"), "validTo", validTo, setValidTo, { type: "date" })}
        {input(t("term_months"), "termMonths", months.term, (termText) => setMonths({ ...months, term: termText }), {
          ...{ type: "number", min: 1, max: 120 },
        })}
        {input(t("free_months"), "freeMonths", months.free, (free) => setMonths({ ...months, free }), {
          ...{ type: "number", min: 0, max: 119 },
        })}
      </div>
      <p className="num text-13 text-ink-2" aria-live="polite">
        {t("net_total")}:{" "}
        <bdi className="font-550 text-ink-1">{price ? amountOf(price.base.net, book.currency, locale) : ""}</bdi>{" "}
        {price && price.base.discountBp > 0 ? t("discount", { share: shareOf(price.base.discountBp, locale) }) : ""}
        {price?.full
          ? ` · ${t("with_options", { amount: apart(amountOf(price.full.net, book.currency, locale)) })}`
          : ""}
      </p>
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
