import type { OfferPage } from "@/lib/offers/schema";
import { type OfferWords, taxWords } from "./offer-words";

/** What is offered line by line, and what it comes to. */
export function OfferLines({ offer, words }: { offer: OfferPage; words: OfferWords }) {
  const { t, money, share } = words;
  const { lines, listMinor, netMinor, termMonths, freeMonths } = offer;
  return (
    <section aria-label={t("lines")} className="border-hairline border-t py-4">
      <h2 className="mb-1 text-14 text-ink-2">{t("lines")}</h2>
      <ul>
        {lines.map((line) => (
          <li key={line.productName} className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-4 py-2">
            <bdi className="font-medium">{line.productName}</bdi>
            <bdi className="num text-end">{money(line.netMinor)}</bdi>
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
        ))}
      </ul>
      <dl className="mt-2 grid gap-1 border-hairline border-t pt-3">
        {netMinor < listMinor ? (
          <>
            <Sum label={t("list")} value={money(listMinor)} />
            <Sum label={t("saved")} value={money(listMinor - netMinor)} />
          </>
        ) : null}
        <Sum label={t("total")} value={money(netMinor)} isTotal />
      </dl>
      {offer.taxBp === null ? null : <p className="num mt-1 text-14 text-ink-2">{taxWords(offer, words)}</p>}
      {termMonths > 1 ? (
        <p className="num mt-1 text-14 text-ink-2">
          {t("term", { term: termMonths, free: freeMonths })} · {t("per_month", { amount: money(offer.monthlyMinor) })}
        </p>
      ) : null}
    </section>
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
