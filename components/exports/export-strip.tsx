"use client";

import { useState } from "react";
import { ExportLine } from "./export-line";
import { useExports } from "./use-exports";

/** Files that were asked for: one's own, and those that wait for one's decision. */
export function ExportStrip({ workspace }: { workspace: string }) {
  const { data } = useExports(workspace);
  const [dismissed, setDismissed] = useState<readonly string[]>([]);
  const shown = (data ?? []).filter(({ id, state }) => !dismissed.includes(`${id} ${state}`)).slice(0, 5);
  return shown.map((request) => (
    <ExportLine
      key={request.id}
      workspace={workspace}
      request={request}
      onDismiss={() => setDismissed([...dismissed, `${request.id} ${request.state}`])}
    />
  ));
}
