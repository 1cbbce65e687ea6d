import { getTranslations } from "next-intl/server";
import { RateText } from "@/components/ui/rate";
import { ScrollRegion } from "@/components/ui/scroll-region";
import type { LeakStage } from "@/lib/leaks/schema";

/** What became of the matured entries of every stage: the list twin of the map. */
export async function StageFigures({ stages, label }: { stages: readonly LeakStage[]; label: string }) {
  const t = await getTranslations("leaks");
  const rate = { noData: t("no_data"), needs: (count: number) => t("needs", { count }) };
  return (
    <ScrollRegion label={label}>
      <table className="w-full min-w-180 border-collapse text-13">
        <thead>
          <tr className="border-hairline-strong border-b text-12 text-ink-3">
            {(["stage", "entries", "advanced", "dropped", "immature"] as const).map((column) => (
              <th key={column} scope="col" className="py-1 pe-3 text-start font-450">
                {t(`col.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {stages.map((stage) => (
            <tr key={`${stage.template}/${stage.stage}`} className="border-hairline border-b align-baseline">
              <th scope="row" className="py-1.5 pe-3 text-start font-450">
                <bdi>{stage.name}</bdi>
              </th>
              <td className="num py-1.5 pe-3">{stage.entries}</td>
              <td className="whitespace-nowrap py-1.5 pe-3">
                <RateText {...stage.advanced} {...rate} />
              </td>
              <td className="whitespace-nowrap py-1.5 pe-3">
                <RateText {...stage.dropped} {...rate} />
              </td>
              <td className="num whitespace-nowrap py-1.5">{stage.immature}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}
