"use client";

import { useLocale, useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import type { PriceBookView } from "@/lib/products/schema";
import { type Price, priceOf, type Term } from "@/lib/proposals/price";
import { amountOf } from "./words";

export type LineDraft = { productId: string; quantity: string; percent: string; isOptional: boolean };

/** What is being written comes to: without its options, and with all of them. */
export type DraftPrice = { base: Price; full: Price | null };

/** The price of what is being written; null while a number or a fixed line is missing. */
export function priceDrafts(lines: readonly LineDraft[], book: PriceBookView, term: Term): DraftPrice | null {
  const priced = lines.map(({ productId, quantity, percent, isOptional }) => ({
    isOptional,
    quantity: Number(quantity),
    discountBp: Math.round(Number(percent) * 100),
    list: book.lines.find((line) => line.productId === productId),
  }));
  const isWhole = priced.every(({ quantity, discountBp, list }) => {
    const isAmount = Number.isInteger(quantity) && quantity > 0 && quantity <= 100_000;
    return isAmount && discountBp >= 0 && discountBp <= 10_000 && list !== undefined;
  });
  if (!isWhole || term.freeMonths >= term.termMonths) return null;
  const from = priced.flatMap(({ list, ...line }) => (list ? [{ ...list, ...line }] : []));
  const base = priceOf(
    from.filter(({ isOptional }) => !isOptional),
    term,
  );
  return base && { base, full: lines.some(({ isOptional }) => isOptional) ? priceOf(from, term) : null };
}

type Props = {
  book: PriceBookView;
  lines: LineDraft[];
  onChange: (lines: LineDraft[]) => void;
  errorOf: (place: number) => string | undefined;
};

/** The lines of a proposal: product, how many, and what is taken off. */
export function LinesEditor({ book, lines, onChange, errorOf }: Props) {
  const t = useTranslations("proposals");
  const locale = useLocale();
  const options = book.lines.map(({ productId, productName, unitMinor, recurrence }) => ({
    value: productId,
    label: `${productName} · ${amountOf(unitMinor, book.currency, locale)}${recurrence === "monthly" ? ` ${t("monthly")}` : ""}`,
  }));
  const set = (place: number, change: Partial<LineDraft>) =>
    onChange(lines.map((line, index) => (index === place ? { ...line, ...change } : line)));
  const next = book.lines.find(({ productId }) => lines.every((line) => line.productId !== productId));
  return (
    <fieldset className="grid gap-3">
      <legend className="pb-1 font-550 text-13">{t("lines")}</legend>
      {lines.map((line, place) => (
        <div key={line.productId} className="grid items-end gap-3 md:grid-cols-[minmax(0,1fr)_6rem_8rem_auto_auto]">
          <Field label={t("product")} error={errorOf(place)}>
            {(control) => (
              <Select
                {...control}
                value={line.productId}
                options={options.map((option) => ({
                  ...option,
                  isDisabled: lines.some((each, index) => index !== place && each.productId === option.value),
                }))}
                onChange={(event) => set(place, { productId: event.target.value })}
              />
            )}
          </Field>
          <Field label={t("quantity")}>
            {(control) => (
              <Input
                {...control}
                type="number"
                min={1}
                max={100_000}
                value={line.quantity}
                onChange={(event) => set(place, { quantity: event.target.value })}
              />
            )}
          </Field>
          <Field label={t("discount_percent")}>
            {(control) => (
              <Input
                {...control}
                type="number"
                min={0}
                max={100}
                step={0.01}
                value={line.percent}
                onChange={(event) => set(place, { percent: event.target.value })}
              />
            )}
          </Field>
          <div className="flex min-h-8 items-center">
            <Checkbox
              label={t("optional")}
              checked={line.isOptional}
              onChange={() => set(place, { isOptional: !line.isOptional })}
            />
          </div>
          {lines.length > 1 ? (
            <Button
              aria-label={t("remove_line", { place: place + 1 })}
              onClick={() => onChange(lines.filter((_, index) => index !== place))}
            >
              ×
            </Button>
          ) : null}
        </div>
      ))}
      {next ? (
        <div>
          <Button
            onClick={() =>
              onChange([...lines, { productId: next.productId, quantity: "1", percent: "0", isOptional: false }])
            }
          >
            {t("add_line")}
          </Button>
        </div>
      ) : null}
    </fieldset>
  );
}
