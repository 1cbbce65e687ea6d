import { getTranslations } from "next-intl/server";
import { ScrollRegion } from "@/components/ui/scroll-region";
import type { ProposalView } from "@/lib/proposals/schema";
import { amountOf, dayOf, shareOf } from "./words";

type Props = { proposal: ProposalView; locale: string };

/** The price of a proposal and what it takes: list, net, discount, month, margin, authority, scope and last day. */
export async function PriceFacts({ proposal, locale }: Props) {
  const t = await getTranslations("proposals");
  const { currency, listMinor, netMinor, monthlyMinor, discountBp, marginBp, authorityBp, termMonths, freeMonths } =
    proposal;
  const { isTaxIncluded, taxBp } = proposal;
  const facts: [label: string, value: string][] = [
    [t("list_total"), amountOf(listMinor, currency, locale)],
    [
      t("net_total"),
      `${amountOf(netMinor, currency, locale)} · ${discountBp === 0 ? t("at_list") : t("discount", { share: shareOf(discountBp, locale) })}`,
    ],
    ...(proposal.fullNetMinor === null || proposal.chosenOptions !== null
      ? []
      : ([[t("all_options"), amountOf(proposal.fullNetMinor, currency, locale)]] as [string, string][])),
    ...(termMonths > 1
      ? ([
          [
            t("monthly_total"),
            `${t("per_month", { amount: amountOf(monthlyMinor, currency, locale) })} · ${t("term", { term: termMonths, free: freeMonths })}`,
          ],
        ] as [string, string][])
      : []),
    ...(marginBp === null ? [] : ([[t("margin"), shareOf(marginBp, locale)]] as [string, string][])),
    ...(authorityBp === null ? [] : ([[t("authority"), shareOf(authorityBp, locale)]] as [string, string][])),
    ...(taxBp === null
      ? []
      : ([[t("tax"), t(isTaxIncluded ? "tax_in" : "tax_on_top", { share: shareOf(taxBp, locale) })]] as [
          string,
          string,
        ][])),
    [t("needs"), proposal.tiers.map((tier) => t(`tier.${tier as "rep"}`)).join(", ")],
    [t("scope"), proposal.scopeTags.join(", ")],
    [t("last_day"), dayOf(proposal.validTo, locale)],
  ];
  return (
    <dl className="grid gap-x-6 gap-y-2 text-13 sm:grid-cols-2 lg:grid-cols-4">
      {facts.map(([label, value]) => (
        <div key={label}>
          <dt className="text-12 text-ink-3">{label}</dt>
          <dd className="num">
            <bdi>{value}</bdi>
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** What a line is to the customer who may choose it. */
const optionWord = ({ position }: ProposalView["lines"][number], { chosenOptions }: ProposalView) =>
  chosenOptions === null ? "optional" : chosenOptions.includes(position) ? "option_taken" : "option_left";

/** The lines of a proposal with their discount and net price. */
export async function LineTable({ proposal, locale }: Props) {
  const t = await getTranslations("proposals");
  const { currency, lines } = proposal;
  const cell = "border-hairline border-b py-1.5 pe-4 text-start";
  return (
    <ScrollRegion label={t("lines")}>
      <table className="w-full max-w-220 text-13">
        <caption className="sr-only">{t("lines")}</caption>
        <thead className="text-12 text-ink-3">
          <tr>
            {(["product", "quantity", "unit", "line_discount", "net"] as const).map((key) => (
              <th key={key} scope="col" className={`${cell} font-medium`}>
                {t(key)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={line.position}>
              <th scope="row" className={`${cell} font-normal`}>
                <bdi>{line.productName}</bdi>
                {line.isOptional ? (
                  <span className="text-12 text-ink-3"> · {t(optionWord(line, proposal))}</span>
                ) : null}
              </th>
              <td className={`num ${cell}`}>{line.quantity}</td>
              <td className={`num ${cell}`}>
                <bdi>{amountOf(line.unitMinor, currency, locale)}</bdi>{" "}
                {line.recurrence === "monthly" ? <span className="text-ink-3">{t("monthly")}</span> : null}
              </td>
              <td className={`num ${cell}`}>{shareOf(line.discountBp, locale)}</td>
              <td className={`num ${cell} font-550`}>
                <bdi>{amountOf(line.netMinor, currency, locale)}</bdi>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}
