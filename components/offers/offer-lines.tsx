import type { OfferPage } from "@/lib/offers/schema";
import { type OfferWords, taxWords } from "./offer-words";

/** The form under the lines that what is chosen among them belongs to. */
export const answerForm = "offer-answer";

type Line = OfferPage["lines"][number];
type Props = { offer: OfferPage; words: OfferWords };

/** What is offered line by line, what the customer may choose, and what it comes to. */
export function OfferLines({ offer, words }: Props) {
  const { t, money } = words;
  const { lines, listMinor, netMinor, fullNetMinor, termMonths, freeMonths, chosenOptions } = offer;
  const isOpenChoice = fullNetMinor !== null && chosenOptions === null;
  return (
    <section aria-label={t("lines")} className="border-hairline border-t py-4">
      <h2 className="mb-1 text-14 text-ink-2">{t("lines")}</h2>
      <ul>
        {lines
          .filter(({ isOptional }) => !isOptional)
          .map((line) => (
            <Row key={line.position} line={line} words={words} />
          ))}
      </ul>
      <Options offer={offer} words={words} />
      <dl className="mt-2 grid gap-1 border-hairline border-t pt-3">
        {netMinor < listMinor ? (
          <>
            <Sum label={t("list")} value={money(listMinor)} />
            <Sum label={t("saved")} value={money(listMinor - netMinor)} />
          </>
        ) : null}
        <Sum label={t("total")} value={money(netMinor)} isTotal />
        {isOpenChoice ? <Sum label={t("with_all")} value={money(fullNetMinor)} /> : null}
      </dl>
      {offer.taxBp === null ? null : <p className="num mt-1 text-14 text-ink-2">{taxWords(offer, words)}</p>}
      {termMonths > 1 ? (
        <p className="num mt-1 text-14 text-ink-2">
          <bdi>{t("term", { term: termMonths, free: freeMonths })}</bdi> ·{" "}
          <bdi>{t("per_month", { amount: money(offer.monthlyMinor) })}</bdi>
        </p>
      ) : null}
    </section>
  );
}

/** A line, its name and its price apart from each other in either direction. */
function Row({ line, words: { t, money, share } }: { line: Line; words: OfferWords }) {
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-4 py-2">
      <span className="font-medium">
        <bdi>{line.productName}</bdi>
      </span>
      <span className="num text-end">
        <bdi>{money(line.netMinor)}</bdi>
      </span>
      <span className="num text-14 text-ink-2">
        <bdi>
          {line.quantity} × {money(line.unitMinor)}
        </bdi>
        {line.discountBp > 0 ? (
          <>
            {" · "}
            {t("discount")} <bdi>{share(line.discountBp)}</bdi>
          </>
        ) : null}
      </span>
      <span className="text-end text-14 text-ink-2">{line.recurrence === "monthly" ? t("monthly") : null}</span>
    </li>
  );
}

/** What she may take or leave: boxes that the form below sends along; what she took once she accepted. */
function Options({ offer: { lines, state, chosenOptions }, words }: Props) {
  const { t } = words;
  const options = lines.filter(({ isOptional }) => isOptional);
  if (options.length === 0) return null;
  return (
    <>
      <h3 className="mt-2 border-hairline border-t pt-3 text-14 text-ink-2">{t("optional")}</h3>
      <ul>
        {options.map((line) => (
          <li key={line.position}>
            <ul>
              <Row line={line} words={words} />
            </ul>
            {state === "open" ? (
              <label className="flex min-h-11 cursor-pointer items-center gap-2.5 text-14">
                <input
                  type="checkbox"
                  name="option"
                  value={line.position}
                  form={answerForm}
                  className="size-5 accent-accent"
                />
                <bdi>{t("choose", { name: line.productName })}</bdi>
              </label>
            ) : null}
            {chosenOptions ? (
              <p className="pb-1 text-14 text-ink-2">{t(chosenOptions.includes(line.position) ? "taken" : "left")}</p>
            ) : null}
          </li>
        ))}
      </ul>
    </>
  );
}

type SumProps = { label: string; value: string; isTotal?: boolean };

function Sum({ label, value, isTotal = false }: SumProps) {
  return (
    <div className={`flex items-baseline justify-between gap-4 ${isTotal ? "font-550 text-20" : "text-14 text-ink-2"}`}>
      <dt>{label}</dt>
      <dd className="num">
        <bdi>{value}</bdi>
      </dd>
    </div>
  );
}
