"use client";

import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Problem } from "@/components/ui/problem";
import { SectionHead } from "@/components/ui/section-head";
import { StatusMark } from "@/components/ui/status-mark";
import { useWrite } from "@/components/ui/use-write";
import { editPriceBookAction } from "@/lib/products/actions";
import type { KeptPriceBook, ProductRow } from "@/lib/products/schema";
import { amountOf, dayOf } from "../words";
import { BookForm } from "./book-form";
import { useWrong } from "./use-wrong";

const marks = { in_force: "active", announced: "waiting", past: "idle" } as const;

type Shared = { workspace: string; currency: string; today: string; products: readonly ProductRow[] };

/** Sets the last day of a book, and the rate of one in another currency. */
function BookDates({ workspace, currency, book }: Pick<Shared, "workspace" | "currency"> & { book: KeptPriceBook }) {
  const t = useTranslations("prices");
  const common = useTranslations("common");
  const router = useRouter();
  const { isBusy, error, fields, run } = useWrite();
  const wrong = useWrong(fields);
  const [to, setTo] = useState(book.validTo ?? "");
  const [rate, setRate] = useState(book.rateMicro === null ? "" : String(book.rateMicro / 1_000_000));
  const save = async () => {
    const rateMicro = rate && book.currency !== currency ? { rateMicro: Math.round(Number(rate) * 1_000_000) } : {};
    const { id, version } = book;
    await run(() => editPriceBookAction(workspace, { id, version, validTo: to || null, ...rateMicro }));
    router.refresh();
  };
  return (
    <form
      className="flex flex-wrap items-end gap-3 py-2"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <Field label={t("to")} error={wrong("validTo")}>
        {(control) => (
          <Input {...{ ...control, type: "date", value: to }} onChange={(event) => setTo(event.target.value)} />
        )}
      </Field>
      {book.currency === currency ? null : (
        <Field label={t("rate")} error={wrong("rateMicro")}>
          {(control) => (
            <Input
              {...{ ...control, inputMode: "decimal", dir: "ltr", value: rate }}
              onChange={(event) => setRate(event.target.value)}
            />
          )}
        </Field>
      )}
      <Button type="submit" isBusy={isBusy}>
        {common("save")}
      </Button>
      <Problem text={error} />
    </form>
  );
}

function Book({ book, ...shared }: Shared & { book: KeptPriceBook }) {
  const t = useTranslations("prices");
  const locale = useLocale();
  const [isReplacing, setReplacing] = useState(false);
  const { name, currency, validFrom, validTo, standing, lines } = book;
  const [from, to] = [dayOf(validFrom, locale), validTo === null ? null : dayOf(validTo, locale)];
  return (
    <details className="border-hairline border-b py-1.5 text-13">
      <summary className="cursor-pointer">
        <bdi className="font-550">{name}</bdi>{" "}
        <span className="text-12 text-ink-3">
          <bdi>{currency}</bdi> · <StatusMark state={marks[standing]} /> {t(`standing.${standing}`)} ·{" "}
          <span className="num">{to === null ? t("from_on", { from }) : t("from_to", { from, to })}</span> ·{" "}
          {t("lines", { count: lines.length })}
        </span>
      </summary>
      <ul className="max-w-180 ps-4 pt-2">
        {lines.map((line) => (
          <li key={line.productId} className="flex flex-wrap items-baseline gap-x-4 border-hairline border-b py-1">
            <bdi className={line.isArchived ? "text-ink-3" : ""}>{line.productName}</bdi>
            <span className="text-12 text-ink-3">{t(`recurrence.${line.recurrence}`)}</span>
            <span className="num ms-auto">{amountOf(line.unitMinor, currency, locale)}</span>
            <span className="num text-12 text-ink-3">
              {t("cost")}: {line.costMinor === null ? t("cost_unknown") : amountOf(line.costMinor, currency, locale)}
            </span>
          </li>
        ))}
      </ul>
      <div className="ps-4">
        {standing === "past" ? null : <BookDates key={book.version} {...shared} book={book} />}
        {isReplacing ? (
          <BookForm {...shared} replaced={book} onDone={() => setReplacing(false)} />
        ) : (
          <Button onClick={() => setReplacing(true)}>{t("new_prices")}</Button>
        )}
      </div>
    </details>
  );
}

/** Every book of list prices with its days and lines, and a form for the next one. */
export function Books({ books, ...shared }: Shared & { books: readonly KeptPriceBook[] }) {
  const t = useTranslations("prices");
  const [isAdding, setAdding] = useState(false);
  const isSold = shared.products.some(({ isArchived }) => !isArchived);
  return (
    <section aria-label={t("books")}>
      <SectionHead title={t("books")} />
      {books.length === 0 ? <p className="text-13 text-ink-3">{t("no_books")}</p> : null}
      {books.map((book) => (
        <Book key={book.id} {...shared} book={book} />
      ))}
      {isAdding ? <BookForm {...shared} onDone={() => setAdding(false)} /> : null}
      {isSold && !isAdding ? (
        <div className="pt-3">
          <Button onClick={() => setAdding(true)}>{t("new_book")}</Button>
        </div>
      ) : null}
    </section>
  );
}
