"use client";

import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { minorFromDecimal } from "@/lib/money";
import type { ProductRow } from "@/lib/products/schema";

export type PriceDraft = { productId: string; recurrence: "once" | "monthly"; price: string; cost: string };

/** Whether what was written is an amount of the currency, nothing where nothing may stand. */
export function isAmount(text: string, currency: string, mayMiss: boolean): boolean {
  if (text.trim() === "") return mayMiss;
  const minor = /^[A-Z]{3}$/.test(currency) ? minorFromDecimal(text, currency) : null;
  return minor !== null && minor >= 0;
}

type Props = {
  currency: string;
  products: readonly ProductRow[];
  lines: PriceDraft[];
  onChange: (lines: PriceDraft[]) => void;
};

/** The prices of a book: product, how it is charged, list price and what it costs us. */
export function BookLines({ currency, products, lines, onChange }: Props) {
  const t = useTranslations("prices");
  const sold = products.filter(({ isArchived }) => !isArchived);
  const next = sold.find(({ id }) => lines.every(({ productId }) => productId !== id));
  const set = (place: number, change: Partial<PriceDraft>) =>
    onChange(lines.map((line, index) => (index === place ? { ...line, ...change } : line)));
  const amount = (place: number, key: "price" | "cost", text: string) => (
    <Field
      label={t(key === "price" ? "unit_price" : "cost")}
      error={isAmount(text, currency, true) ? undefined : t("bad_amount")}
    >
      {(control) => (
        <Input
          {...{ ...control, inputMode: "decimal", dir: "ltr", value: text }}
          placeholder={key === "cost" ? t("cost_unknown") : undefined}
          onChange={(event) => set(place, { [key]: event.target.value })}
        />
      )}
    </Field>
  );
  return (
    <fieldset className="grid gap-3">
      {lines.map((line, place) => (
        <div
          key={line.productId}
          className="grid items-start gap-3 border-hairline border-b pb-3 md:grid-cols-[minmax(0,1fr)_8rem_8rem_8rem_auto]"
        >
          <Field label={t("product")}>
            {(control) => (
              <Select
                {...control}
                value={line.productId}
                options={sold.map(({ id, name }) => ({
                  ...{ value: id, label: name },
                  isDisabled: lines.some((each, index) => index !== place && each.productId === id),
                }))}
                onChange={(event) => set(place, { productId: event.target.value })}
              />
            )}
          </Field>
          <Field label={t("recurrence_label")}>
            {(control) => (
              <Select
                {...control}
                value={line.recurrence}
                options={(["once", "monthly"] as const).map((value) => ({ value, label: t(`recurrence.${value}`) }))}
                onChange={(event) => set(place, { recurrence: event.target.value === "monthly" ? "monthly" : "once" })}
              />
            )}
          </Field>
          {amount(place, "price", line.price)}
          {amount(place, "cost", line.cost)}
          {lines.length > 1 ? (
            <Button
              className="self-end"
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
          <Button onClick={() => onChange([...lines, { productId: next.id, recurrence: "once", price: "", cost: "" }])}>
            {t("add_line")}
          </Button>
        </div>
      ) : null}
    </fieldset>
  );
}
