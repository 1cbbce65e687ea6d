"use client";

import { AssignButton } from "@/components/bulk/assign-button";
import { RunStrip } from "@/components/bulk/run-strip";
import { CustomersScreen } from "@/components/customers/customers-screen";
import { ExportButton } from "@/components/exports/export-button";
import { ExportStrip } from "@/components/exports/export-strip";
import { ViewBar } from "@/components/views/view-bar";

type Props = {
  workspace: string;
  serverNow: string;
  mayCreate: boolean;
  /** Whether this member changes the OSC of others, or may ask for it; null for neither. */
  reassigning: "yes" | "request" | null;
  /** Whether this member asks for files of customers, or approves them. */
  exporting: { mayAsk: boolean; mayApprove: boolean };
};

/** The customers list with its saved views and what can be done with several customers at once. */
export function CustomersList({ workspace, serverNow, mayCreate, reassigning, exporting }: Props) {
  return (
    <CustomersScreen
      workspace={workspace}
      serverNow={serverNow}
      mayCreate={mayCreate}
      renderViews={(slot) => <ViewBar workspace={workspace} {...slot} />}
      renderActions={(query) => (exporting.mayAsk ? <ExportButton workspace={workspace} query={query} /> : null)}
      renderNotices={() => (
        <>
          {exporting.mayAsk || exporting.mayApprove ? <ExportStrip workspace={workspace} /> : null}
          {reassigning ? <RunStrip workspace={workspace} serverNow={serverNow} /> : null}
        </>
      )}
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
