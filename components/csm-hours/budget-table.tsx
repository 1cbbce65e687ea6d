import { useTranslations } from "next-intl";
import { Meter } from "@/components/ui/meter";
import { ScrollRegion } from "@/components/ui/scroll-region";
import type { CsmBudgets } from "@/lib/csm-hours/schema";
import { CapacityForm } from "./capacity-form";
import { hoursOf } from "./words";

const levelOf = (share: number) => (share >= 1 ? "red" : share >= 0.85 ? "amber" : "ok");

/** Who of customer success has how many hours for deals in the window, and how many of them are taken. */
export function BudgetTable({ workspace, budgets }: { workspace: string; budgets: CsmBudgets }) {
  const t = useTranslations("hours");
  const { members, maySet, minutesWeek, unassigned } = budgets;
  const hours = (minutes: number | null) => (minutes === null ? t("unknown") : t("hours", { hours: hoursOf(minutes) }));
  return (
    <ScrollRegion label={t("title")}>
      <table className="w-full min-w-xl border-collapse text-13">
        <thead>
          <tr className="border-hairline-strong border-b text-12 text-ink-3">
            {(["who", "week", "used", "reserved", "free"] as const).map((key) => (
              <th key={key} scope="col" className="py-1.5 pe-4 text-start font-450">
                {t(key)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {members.map(({ memberId, name, isOwn, capacity, used, reserved, free, minutesWeek: week }) => (
            <tr key={memberId} className="border-hairline border-b align-middle">
              <th scope="row" className="py-2 pe-4 text-start font-550">
                <bdi>{name}</bdi>
              </th>
              <td className="py-2 pe-4">
                {maySet ? (
                  <CapacityForm
                    key={`${week} ${isOwn}`}
                    workspace={workspace}
                    memberId={memberId}
                    name={name}
                    minutesWeek={isOwn ? week : null}
                    placeholder={minutesWeek === null ? t("unknown") : hoursOf(minutesWeek)}
                  />
                ) : (
                  hours(week)
                )}
              </td>
              <td className="num py-2 pe-4">{hours(used)}</td>
              <td className="num py-2 pe-4">{hours(reserved)}</td>
              <td className="py-2 pe-4">
                <span className="grid max-w-44 gap-1">
                  <span className={free === 0 ? "text-bad" : undefined}>{free === 0 ? t("full") : hours(free)}</span>
                  {capacity ? (
                    <Meter
                      share={(used + reserved) / capacity}
                      level={levelOf((used + reserved) / capacity)}
                      label={hours(free)}
                    />
                  ) : null}
                </span>
              </td>
            </tr>
          ))}
          {unassigned > 0 ? (
            <tr className="border-hairline border-b">
              <th scope="row" className="py-2 pe-4 text-start font-450 text-ink-2" colSpan={3}>
                {t("unassigned")}
              </th>
              <td className="num py-2 pe-4" colSpan={2}>
                {hours(unassigned)}
              </td>
            </tr>
          ) : null}
          {maySet ? (
            <tr className="border-hairline border-b">
              <th scope="row" className="py-2 pe-4 text-start font-450 text-ink-2">
                {t("usual")}
              </th>
              <td className="py-2 pe-4" colSpan={4}>
                <CapacityForm
                  key={minutesWeek}
                  workspace={workspace}
                  memberId={null}
                  name={t("usual")}
                  minutesWeek={minutesWeek}
                  placeholder={t("unknown")}
                />
              </td>
            </tr>
          ) : null}
        </tbody>
      </table>
    </ScrollRegion>
  );
}
