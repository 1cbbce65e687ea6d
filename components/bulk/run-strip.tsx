"use client";

import { useState } from "react";
import { late } from "@/components/ui/late";
import { useNow } from "@/components/ui/use-now";
import { RunLine } from "./run-line";
import { useRuns } from "./use-bulk";

const RunDialog = late(() => import("./run-dialog").then(({ RunDialog }) => RunDialog));

type Props = {
  workspace: string;
  serverNow: string;
  /** Only the runs about this leak. */
  leakId?: string;
};

/** The runs one has started: how far each is, what became of it, and its undo while there is one. It survives a reload. */
export function RunStrip({ workspace, serverNow, leakId }: Props) {
  const runs = useRuns(workspace);
  const now = useNow(serverNow, 5);
  const [dismissed, setDismissed] = useState<readonly string[]>([]);
  const [openId, setOpenId] = useState<string | null>(null);
  const shown = (runs.data ?? []).filter(
    (run) => (!leakId || run.leakId === leakId) && !dismissed.includes(`${run.id} ${run.status}`),
  );
  return (
    <>
      {shown.map((run, index) => (
        <RunLine
          key={run.id}
          workspace={workspace}
          run={run}
          now={now}
          isLatest={index === 0}
          onOpen={() => setOpenId(run.id)}
          onDismiss={() => setDismissed([...dismissed, `${run.id} ${run.status}`])}
        />
      ))}
      {openId ? <RunDialog workspace={workspace} id={openId} onClose={() => setOpenId(null)} /> : null}
    </>
  );
}
