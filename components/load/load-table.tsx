"use client";

import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { Meter } from "@/components/ui/meter";
import { StatusMark } from "@/components/ui/status-mark";
import type { LoadKind } from "@/lib/members/load";
import type { LoadView } from "@/lib/members/load-queries";
import { paths } from "@/lib/paths";

const marks = { ok: "active", amber: "waiting", red: "overdue" } as const;
const kinds = ["new", "offTrack", "withSpoke", "nurture"] as const;

/** The search string of the customers list behind a number. */
function rowsOf(kind: LoadKind, memberId: string, spokeKeys: readonly string[]): string {
  const params = new URLSearchParams();
  params.set("osc", memberId);
  if (kind === "offTrack") params.set("offTrack", "1");
  if (kind === "new") params.set("spoke", "osc");
  if (kind === "withSpoke") for (const key of spokeKeys) params.append("spoke", key);
  const statuses = {
    new: ["pre_lead", "active"],
    withSpoke: ["pre_lead", "active", "won"],
    nurture: ["nurture", "on_hold"],
    offTrack: [],
  };
  for (const status of statuses[kind]) params.append("status", status);
  return params.toString();
}

type Props = { workspace: string; loads: readonly LoadView[]; spokeKeys: readonly string[]; labelledBy: string };

/** What each consultant carries: how many of each kind, what that weighs, and how much of her capacity it takes. */
export function LoadTable({ workspace, loads, spokeKeys, labelledBy }: Props) {
  const t = useTranslations("load");
  const locale = useLocale();
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
  const percent = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 0 });
  const head = "py-2 pe-4 text-12 font-medium text-ink-3";
  return (
    <section aria-labelledby={labelledBy} className="relative overflow-x-auto">
      <table className="w-full min-w-xl border-collapse">
        <thead>
          <tr className="text-start">
            <th scope="col" className={`${head} text-start`}>
              {t("name")}
            </th>
            {kinds.map((kind) => (
              <th key={kind} scope="col" className={`${head} text-end`}>
                {t(`kind.${kind}`)}
              </th>
            ))}
            <th scope="col" className={`${head} text-end`}>
              {t("load")}
            </th>
            <th scope="col" className={`${head} w-2/5 text-start`}>
              {t("utilisation")}
            </th>
          </tr>
        </thead>
        <tbody>
          {loads.map((each) => (
            <tr key={each.memberId} className="border-hairline border-t">
              <th scope="row" className="py-2.5 pe-4 text-start font-550 text-13">
                <Link
                  href={paths.customers(workspace, `osc=${each.memberId}`)}
                  prefetch={false}
                  className="hover:underline"
                >
                  <bdi>{each.name}</bdi>
                </Link>{" "}
                {each.isAway ? <span className="ms-2 font-normal text-12 text-ink-3">{t("away")}</span> : null}
              </th>
              {kinds.map((kind) => (
                <td key={kind} className="num py-2.5 pe-4 text-end text-13">
                  {each.counts[kind] === 0 ? (
                    number.format(0)
                  ) : (
                    <Link
                      href={paths.customers(workspace, rowsOf(kind, each.memberId, spokeKeys))}
                      prefetch={false}
                      className="underline decoration-hairline-strong underline-offset-2"
                    >
                      {number.format(each.counts[kind])}
                    </Link>
                  )}
                </td>
              ))}
              <td className="num py-2.5 pe-4 text-end text-13">
                {t("of", { load: number.format(each.load), capacity: number.format(each.capacity) })}
              </td>
              <td className="py-2.5">
                <span className="grid grid-cols-[minmax(4rem,1fr)_3.5rem_8rem] items-center gap-3">
                  <Meter share={each.utilisation} level={each.level} label={t("meter", { name: each.name })} />
                  <span className="num text-end text-13">{percent.format(each.utilisation)}</span>
                  <span className="inline-flex items-center gap-2 text-12 text-ink-2">
                    {each.level === "ok" ? null : <StatusMark state={marks[each.level]} />}
                    {t(`level.${each.level}`)}
                  </span>
                </span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
