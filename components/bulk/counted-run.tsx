import { useTranslations } from "next-intl";
import type { BulkReport } from "@/lib/bulk/schema";
import { RowList } from "./row-list";

/** What a run would do, counted before it starts. */
export function CountedRun({
  workspace,
  run,
  problem,
}: {
  workspace: string;
  run: BulkReport | undefined;
  problem: string | null;
}) {
  const t = useTranslations("bulk");
  if (!run || run.status === "counting")
    return (
      <p role="status" className="text-14 text-ink-2">
        {t("counting")}
      </p>
    );
  if (run.error)
    return (
      <p role="alert" className="text-14 text-bad">
        {t.has(`reasons.${run.error}`) ? t(`reasons.${run.error}`) : t("reasons.other")}
      </p>
    );
  const { waiting, unchanged, refused } = run.counts;
  return (
    <div role="status" className="grid gap-2 text-14">
      <p className="font-550">
        {run.kind === "recover"
          ? t("recover.would", { count: waiting })
          : run.isRequest
            ? t("would_ask", { count: waiting, name: run.memberName })
            : t("would_move", { count: waiting, name: run.memberName })}
      </p>
      {unchanged > 0 ? (
        <p className="text-ink-2">
          {run.kind === "recover"
            ? t("recover.need_not", { count: unchanged })
            : t("hers", { count: unchanged, name: run.memberName })}
        </p>
      ) : null}
      {refused > 0 ? (
        <>
          <p className="text-ink-2">{t("not_possible", { count: refused })}</p>
          <RowList workspace={workspace} rows={run.refused} />
        </>
      ) : null}
      {problem ? (
        <p role="alert" className="text-13 text-bad">
          {problem}
        </p>
      ) : null}
    </div>
  );
}
