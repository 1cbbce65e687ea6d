"use client";

import { AssignButton } from "@/components/bulk/assign-button";
import { RunStrip } from "@/components/bulk/run-strip";
import { CustomersScreen } from "@/components/customers/customers-screen";
import { ViewBar } from "@/components/views/view-bar";

type Props = {
  workspace: string;
  serverNow: string;
  mayCreate: boolean;
  /** Whether this member changes the OSC of others, or may ask for it; null for neither. */
  reassigning: "yes" | "request" | null;
};

/** The customers list with its saved views and what can be done with several customers at once. */
export function CustomersList({ workspace, serverNow, mayCreate, reassigning }: Props) {
  return (
    <CustomersScreen
      workspace={workspace}
      serverNow={serverNow}
      mayCreate={mayCreate}
      renderViews={(slot) => <ViewBar workspace={workspace} {...slot} />}
      renderRuns={() => (reassigning ? <RunStrip workspace={workspace} serverNow={serverNow} /> : null)}
      renderSelected={
        reassigning
          ? ({ selection, oscs, onDone }) => (
              <AssignButton
                workspace={workspace}
                selection={selection}
                oscs={oscs}
                isRequest={reassigning === "request"}
                onStarted={onDone}
              />
            )
          : null
      }
    />
  );
}
