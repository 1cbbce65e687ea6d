import { getTranslations } from "next-intl/server";
import { EmptyState } from "@/components/ui/empty-state";
import { Messages } from "@/components/ui/messages";
import { PageHead } from "@/components/ui/page-head";
import { RunAgain } from "@/components/ui/run-again";
import type { DriversReport } from "@/lib/drivers/schema";
import { paths } from "@/lib/paths";
import type { RunView } from "@/lib/runs/schema";
import { Answer } from "./answer";
import { DriverFigures } from "./driver-figures";
import { DriverFilters } from "./driver-filters";
import { MomentTable } from "./moment-table";
import { OutcomeSection } from "./outcome-section";
import { RunHistory } from "./run-history";

type Props = {
  workspace: string;
  report: DriversReport;
  runs: readonly RunView[];
  isMoving: boolean;
  mayRun: boolean;
  zone: string;
  nameOfType: (type: string) => string;
};

/** Which moments carry weight with customers, which to mend first, and who answers for it. */
export async function DriversScreen({ workspace, report, runs, isMoving, mayRun, zone, nameOfType }: Props) {
  const t = await getTranslations("drivers");
  const { run, type, target } = report;
  const rowsAt = (filter: Record<string, string>) =>
    paths.driverRows(workspace, new URLSearchParams({ run: run?.id ?? "", ...filter }).toString());
  const hrefOf = (id: string) => {
    const about = { run: id, target: String(target), ...(type ? { type } : {}) };
    return paths.drivers(workspace, new URLSearchParams(about).toString());
  };
  return (
    <Messages namespaces={["drivers"]}>
      <PageHead title={t("title")} above={t("above", { type: type ? nameOfType(type) : t("all_types") })}>
        {mayRun ? (
          <RunAgain
            workspace={workspace}
            kind="drivers"
            isMoving={isMoving}
            words={{ again: t("again"), running: t("running") }}
          />
        ) : null}
      </PageHead>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-3 px-4 pb-12 md:px-8">
        <DriverFilters action={paths.drivers(workspace)} report={report} nameOfType={nameOfType} />
        {run === null ? (
          <EmptyState title={t("empty")}>{t("empty_hint")}</EmptyState>
        ) : report.moments.length === 0 ? (
          <EmptyState title={t("unseen")}>{t("unseen_hint")}</EmptyState>
        ) : (
          <>
            <Answer report={report} nameOfType={nameOfType} />
            <MomentTable report={report} nameOfType={nameOfType} rowsAt={rowsAt} />
            <OutcomeSection report={report} nameOfType={nameOfType} rowsAt={rowsAt} />
            <DriverFigures report={report} />
          </>
        )}
        {runs.length > 0 ? <RunHistory report={report} runs={runs} zone={zone} hrefOf={hrefOf} /> : null}
      </div>
    </Messages>
  );
}
