import { getFormatter, getTranslations } from "next-intl/server";
import { LinkButton } from "@/components/ui/link-button";
import { ScrollRegion } from "@/components/ui/scroll-region";
import { SectionHead } from "@/components/ui/section-head";
import type { ProgrammeMonth } from "@/lib/osc-programme/schema";
import { paths } from "@/lib/paths";
import { GoalForm } from "./goal-form";

type Props = { workspace: string; month: ProgrammeMonth; maySet: boolean };

const lines = ["companySales", "sales", "kept", "set", "leads"] as const;

/** The month that lies `by` months from `yyyy-mm`. */
function monthBeside(month: string, by: number): string {
  const [year = 0, number = 1] = month.split("-").map(Number);
  return new Date(Date.UTC(year, number - 1 + by, 1)).toISOString().slice(0, 7);
}

/** What a month aims at, what that takes by the programme's own shares (F03), and what has happened in it. */
export async function MonthSection({ workspace, month: { month, goal, plan, soFar }, maySet }: Props) {
  const [t, format] = await Promise.all([getTranslations("programme"), getFormatter()]);
  const named = format.dateTime(new Date(`${month}-15T12:00:00Z`), { month: "long", year: "numeric" });
  const needed: Record<(typeof lines)[number], number | string | undefined> = {
    companySales: goal?.sales,
    sales: plan?.oscSales.toFixed(1),
    kept: plan?.keptNeeded,
    set: plan?.setNeeded,
    leads: plan?.leadsNeeded,
  };
  const beside = (by: number) => paths.programme(workspace, `month=${monthBeside(month, by)}`);
  return (
    <section aria-labelledby="goal">
      <SectionHead id="goal" title={t("goal")} note={t("goal_note")} />
      <div className="flex flex-wrap items-center gap-2 pb-2">
        <LinkButton href={beside(-1)}>{t("before")}</LinkButton>
        <b className="min-w-32 text-center font-550 text-14">{named}</b>
        <LinkButton href={beside(1)}>{t("after")}</LinkButton>
        {goal ? (
          <span className="text-12 text-ink-3">{t("saved_by", { name: goal.setByName ?? t("nobody") })}</span>
        ) : null}
      </div>
      {maySet ? <GoalForm workspace={workspace} month={month} goal={goal} /> : null}
      <ScrollRegion label={t("goal")} className="pt-2">
        <table className="w-full max-w-140 border-collapse text-13">
          <thead>
            <tr className="border-hairline-strong border-b text-12 text-ink-3">
              <th scope="col" className="py-1 text-start font-450">
                {t("plan.what")}
              </th>
              <th scope="col" className="py-1 ps-4 text-end font-450">
                {t("plan.needed")}
              </th>
              <th scope="col" className="py-1 ps-4 text-end font-450">
                {t("plan.so_far")}
              </th>
            </tr>
          </thead>
          <tbody>
            {lines.map((line) => (
              <tr key={line} className="border-hairline border-b">
                <th scope="row" className="py-1.5 text-start font-450">
                  {t(`plan.${line}`)}
                </th>
                <td className="num py-1.5 ps-4 text-end">{needed[line]}</td>
                <td className="num py-1.5 ps-4 text-end">{soFar[line]}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
      {goal && !plan ? <p className="pt-1 text-12 text-ink-3">{t("no_plan")}</p> : null}
    </section>
  );
}
