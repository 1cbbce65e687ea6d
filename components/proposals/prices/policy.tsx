import { getLocale, getTranslations } from "next-intl/server";
import { ScrollRegion } from "@/components/ui/scroll-region";
import { SectionHead } from "@/components/ui/section-head";
import type { Band } from "@/lib/proposals/price";
import type { PriceRules } from "@/lib/proposals/rule-schema";
import { dayOf, shareOf } from "../words";
import { PolicyForm } from "./policy-form";

type TableProps = { bands: readonly Band[]; currency: string; locale: string };

/** The matrix: one row for each size, one column for each voice. */
async function Matrix({ bands, currency, locale }: TableProps) {
  const t = await getTranslations("prices");
  const size = (below: number) =>
    new Intl.NumberFormat(locale, { style: "currency", currency, maximumFractionDigits: 0 }).format(below);
  return (
    <ScrollRegion label={t("policy")}>
      <table className="num w-full max-w-180 text-13">
        <thead>
          <tr className="text-start text-12 text-ink-3">
            <th className="py-1 pe-4 text-start font-normal">{t("below")}</th>
            {(["rep", "manager", "director"] as const).map((tier) => (
              <th key={tier} className="py-1 pe-4 text-end font-normal">
                {t(tier)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {bands.map(({ below, repBp, managerBp, directorBp }) => (
            <tr key={below ?? "rest"} className="border-hairline border-t">
              <td className="py-1 pe-4">{below === null ? t("all_above") : <bdi>{size(below)}</bdi>}</td>
              {[repBp, managerBp, directorBp].map((points, place) => (
                <td key={["rep", "manager", "director"][place]} className="py-1 pe-4 text-end">
                  <bdi>{shareOf(points, locale)}</bdi>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}

type Props = { workspace: string; rules: PriceRules; currency: string; today: string };

/** Which discount needs whose word today, what holds next, what held before, and a form for who keeps it. */
export async function Policy({ workspace, rules, currency, today }: Props) {
  const t = await getTranslations("prices");
  const locale = await getLocale();
  const { inForce, policies, version, mayEdit } = rules;
  const standing = policies.find(({ number }) => number === inForce.number);
  const newest = policies[0] ?? inForce;
  return (
    <section aria-label={t("policy")}>
      <SectionHead
        title={t("policy")}
        note={
          standing
            ? t("policy_number", { number: standing.number, date: dayOf(standing.validFrom, locale) })
            : t("policy_usual")
        }
      />
      <p className="pb-2 text-12 text-ink-3">{t("policy_note", { currency })}</p>
      <Matrix bands={inForce.bands} currency={currency} locale={locale} />
      <p className="pt-2 text-13 text-ink-2">
        {t("vp")} · {t("margin_floor")}: <bdi className="num">{shareOf(inForce.marginFloorBp, locale)}</bdi>
      </p>
      {mayEdit ? (
        <details className="pt-3 text-13">
          <summary className="cursor-pointer underline underline-offset-2">{t("save_policy")}</summary>
          <PolicyForm
            key={version}
            {...{ workspace, version, today, bands: newest.bands, marginFloorBp: newest.marginFloorBp }}
          />
        </details>
      ) : null}
      {policies.length > 0 ? (
        <details className="pt-3 text-13">
          <summary className="cursor-pointer text-ink-2">{t("history")}</summary>
          <ol>
            {policies.map((each) => (
              <li key={each.number} className="grid gap-1 py-2">
                <p className="text-ink-2">
                  {t("history_row", {
                    number: each.number,
                    date: dayOf(each.validFrom, locale),
                    name: each.byName ?? t("nobody"),
                  })}{" "}
                  · {t(`standing.${each.standing}`)} · {t("margin_floor")}:{" "}
                  <bdi className="num">{shareOf(each.marginFloorBp, locale)}</bdi>
                </p>
                <Matrix bands={each.bands} currency={currency} locale={locale} />
              </li>
            ))}
          </ol>
        </details>
      ) : null}
    </section>
  );
}
