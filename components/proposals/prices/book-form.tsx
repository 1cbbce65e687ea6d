"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type ComponentProps, useState } from "react";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Problem } from "@/components/ui/problem";
import { useWrite } from "@/components/ui/use-write";
import { currencyExponent, minorFromDecimal } from "@/lib/money";
import { addPriceBookAction } from "@/lib/products/actions";
import type { KeptPriceBook, ProductRow } from "@/lib/products/schema";
import { BookLines, isAmount, type PriceDraft } from "./book-lines";
import { useWrong } from "./use-wrong";

const textOf = (minor: number, currency: string) =>
  (minor / 10 ** currencyExponent(currency)).toFixed(currencyExponent(currency));

/** What a new book starts from: the prices of the one it takes the place of, or the first product. */
function draftsOf(book: KeptPriceBook | undefined, products: readonly ProductRow[]): PriceDraft[] {
  if (!book) {
    const first = products.find(({ isArchived }) => !isArchived);
    return first ? [{ productId: first.id, recurrence: "once", price: "", cost: "" }] : [];
  }
  return book.lines
    .filter(({ isArchived }) => !isArchived)
    .map(({ productId, recurrence, unitMinor, costMinor }) => ({
      ...{ productId, recurrence, price: textOf(unitMinor, book.currency) },
      cost: costMinor === null ? "" : textOf(costMinor, book.currency),
    }));
}

type Props = {
  workspace: string;
  currency: string;
  today: string;
  products: readonly ProductRow[];
  /** The book whose place the new one takes. */
  replaced?: KeptPriceBook;
  onDone: () => void;
};

/** Writes a book of list prices: from which day on, in which currency, and every price. */
export function BookForm({ workspace, currency: ours, today, products, replaced, onDone }: Props) {
  const t = useTranslations("prices");
  const router = useRouter();
  const { isBusy, error, fields, run } = useWrite();
  const wrong = useWrong(fields);
  const rateOf = replaced?.rateMicro ? String(replaced.rateMicro / 1_000_000) : "";
  const [head, setHead] = useState({
    name: "",
    currency: replaced?.currency ?? ours,
    rate: rateOf,
    from: today,
    to: "",
    tax: replaced?.taxBp ? String(replaced.taxBp / 100) : "",
  });
  const [isTaxIncluded, setTaxIncluded] = useState(replaced?.isTaxIncluded ?? false);
  const [lines, setLines] = useState(() => draftsOf(replaced, products));
  const currency = head.currency.toUpperCase();
  const isWhole =
    lines.length > 0 &&
    lines.every(({ price, cost }) => isAmount(price, currency, false) && isAmount(cost, currency, true));
  const save = async () => {
    const input = {
      ...{ name: head.name, currency, validFrom: head.from, validTo: head.to || null },
      rateMicro: head.rate && currency !== ours ? Math.round(Number(head.rate) * 1_000_000) : null,
      ...{ isTaxIncluded, taxBp: head.tax === "" ? null : Math.round(Number(head.tax) * 100) },
      lines: lines.map(({ productId, recurrence, price, cost }) => ({
        ...{ productId, recurrence, unitMinor: minorFromDecimal(price, currency) ?? 0 },
        costMinor: minorFromDecimal(cost, currency),
      })),
      ...(replaced ? { replaces: { id: replaced.id, version: replaced.version } } : {}),
    };
    if (!(await run(() => addPriceBookAction(workspace, input)))) return;
    onDone();
    router.refresh();
  };
  const input = (
    key: keyof typeof head,
    label: string,
    field: string,
    rest: ComponentProps<"input">,
    hint?: string,
  ) => (
    <Field label={label} error={wrong(field)} hint={hint}>
      {(control) => (
        <Input
          {...{ ...control, ...rest, value: head[key] }}
          onChange={(event) => setHead({ ...head, [key]: event.target.value })}
        />
      )}
    </Field>
  );
  return (
    <form
      className="grid max-w-220 gap-4 py-3"
      aria-busy={isBusy}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      {replaced ? <p className="text-12 text-ink-3">{t("replace_hint", { name: replaced.name })}</p> : null}
      <div className="grid items-start gap-3 md:grid-cols-3">
        {input("name", t("book_name"), "name", { dir: "auto", required: true, maxLength: 200 })}
        {input("from", t("from"), "validFrom", { type: "date", required: true })}
        {input("to", t("to"), "validTo", { type: "date" }, t("to_hint"))}
        {input("currency", t("currency"), "currency", {
          dir: "ltr",
          required: true,
          maxLength: 3,
          pattern: "[A-Za-z]{3}",
        })}
        {currency === ours
          ? null
          : input(
              "rate",
              t("rate"),
              "rateMicro",
              { inputMode: "decimal", dir: "ltr" },
              t("rate_hint", { currency: ours }),
            )}
        {input("tax", t("tax"), "taxBp", { type: "number", min: 0, max: 100, step: 0.01, dir: "ltr" }, t("tax_hint"))}
      </div>
      <Checkbox label={t("tax_included")} checked={isTaxIncluded} onChange={() => setTaxIncluded(!isTaxIncluded)} />
      <BookLines {...{ currency, products, lines }} onChange={setLines} />
      <div>
        <Button type="submit" kind="primary" isBusy={isBusy} disabled={!isWhole}>
          {t("save_book")}
        </Button>
      </div>
      <Problem text={error} />
    </form>
  );
}
