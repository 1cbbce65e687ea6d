"use client";

import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { cn } from "@/components/ui/cn";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { ScrollRegion } from "@/components/ui/scroll-region";
import { SectionHead } from "@/components/ui/section-head";
import { isolated } from "@/lib/isolated";
import { minorFromDecimal, sayMoney } from "@/lib/money";
import type { SeenGains } from "@/lib/scenario-lab/seen";
import { blendEvidence, worthOf } from "@/lib/scenarios/evidence";
import type { MoneyInput } from "@/lib/scenarios/schema";

type Props = { currency: string; hours: Record<"B" | "C", number>; seen: SeenGains };

const amounts = ["margin", "day", "hour"] as const;
const beliefs = ["gain", "days", "hours"] as const;
type Told = Record<(typeof amounts)[number], string>;
type Believed = Record<(typeof beliefs)[number], string>;

/** A number as it was typed; what is empty counts as none. */
const numberOf = (text: string) => (text.trim() === "" ? 0 : Number(text));
const points = (share: number) => `${share < 0 ? "−" : "+"}${Math.abs(share * 100).toFixed(1)}`;

/** What B and C are worth against A: what one believes of them, drawn towards what deals of the same kind showed (DOMAIN F60b, F60c). */
export function Worth({ currency, hours, seen }: Props) {
  const t = useTranslations("scenarios.worth");
  const name = useTranslations("scenarios.name");
  const locale = useLocale();
  const [told, setTold] = useState<Told>({ margin: "", day: "", hour: "" });
  const [believed, setBelieved] = useState<Record<"B" | "C", Believed>>({
    B: { gain: "0", days: "0", hours: String(hours.B) },
    C: { gain: "0", days: "0", hours: String(hours.C) },
  });
  const minor = (text: string) => (text.trim() === "" ? 0 : minorFromDecimal(text, currency));
  const effectOf = (scenario: "B" | "C"): MoneyInput["B"] => {
    const { gain, days, hours } = believed[scenario];
    const effect = { pCloseGain: numberOf(gain) / 100, daysSaved: numberOf(days), hours: numberOf(hours) };
    return { ...effect, evidence: seen[scenario] };
  };
  const [marginMinor, valuePerDayMinor, hourMinor] = amounts.map((each) => minor(told[each]));
  const effects = { B: effectOf("B"), C: effectOf("C") };
  const isKnown = ({ pCloseGain, daysSaved, hours }: MoneyInput["B"]) =>
    Math.abs(pCloseGain) <= 1 && Math.abs(daysSaved) <= 3650 && hours >= 0 && hours <= 10_000;
  const isSaid = told.margin.trim() !== "" && isKnown(effects.B) && isKnown(effects.C);
  const worth =
    isSaid && marginMinor != null && valuePerDayMinor != null && hourMinor != null
      ? worthOf({ marginMinor, valuePerDayMinor, hourMinor, ...effects })
      : null;
  const counted = ({ pCloseGain, evidence }: MoneyInput["B"]) =>
    evidence ? blendEvidence(evidence.observed, evidence.n, pCloseGain, evidence.k) : pCloseGain;
  return (
    <section aria-labelledby="worth" className="pt-2">
      <SectionHead id="worth" title={t("title")} note={t("note")} />
      <div className="flex flex-wrap gap-4 pb-3">
        {amounts.map((each) => (
          <Field
            key={each}
            label={t(`amount.${each}`, { currency })}
            error={minor(told[each]) === null ? t("not_an_amount") : undefined}
          >
            {(control) => (
              <Input
                {...control}
                inputMode="decimal"
                dir="ltr"
                className="w-36"
                value={told[each]}
                onChange={(event) => setTold({ ...told, [each]: event.target.value })}
              />
            )}
          </Field>
        ))}
      </div>
      <ScrollRegion label={t("title")}>
        <table className="as-cards w-full min-w-180 border-collapse text-13">
          <thead>
            <tr className="border-hairline-strong border-b text-12 text-ink-3">
              <th scope="col" className="px-2 py-1.5 text-start font-450">
                {t("scenario")}
              </th>
              {[...beliefs, "counted", "worth"].map((column) => (
                <th key={column} scope="col" className="px-2 py-1.5 text-start font-450">
                  {t(`column.${column as "worth"}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {(["B", "C"] as const).map((scenario) => {
              const found = seen[scenario];
              return (
                <tr key={scenario} className="border-hairline border-b align-top">
                  <th scope="row" className="px-2 py-2 text-start font-550">
                    {name(scenario)}
                  </th>
                  {beliefs.map((belief) => (
                    <td key={belief} data-label={t(`column.${belief}`)} className="px-2 py-2">
                      <Input
                        aria-label={`${name(scenario)}: ${t(`column.${belief}`)}`}
                        type="number"
                        step="any"
                        dir="ltr"
                        className="w-24"
                        value={believed[scenario][belief]}
                        onChange={(event) =>
                          setBelieved({
                            ...believed,
                            [scenario]: { ...believed[scenario], [belief]: event.target.value },
                          })
                        }
                      />
                    </td>
                  ))}
                  <td data-label={t("column.counted")} className="px-2 py-2">
                    <bdi dir="ltr" className="num">
                      {points(counted(effects[scenario]))}
                    </bdi>
                    <span className="block text-12 text-ink-3">
                      {found ? t("seen", { observed: isolated(points(found.observed)), n: found.n }) : t("believed")}
                    </span>
                  </td>
                  <td
                    data-label={t("column.worth")}
                    className={cn("num px-2 py-2 font-550", (worth?.[scenario] ?? 0) < 0 && "text-bad")}
                  >
                    {worth ? sayMoney({ minor: worth[scenario], currency }, locale) : "–"}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </ScrollRegion>
    </section>
  );
}
