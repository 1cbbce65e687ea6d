"use client";

import { CustomersScreen } from "@/components/customers/customers-screen";
import { ViewBar } from "@/components/views/view-bar";

type Props = { workspace: string; serverNow: string; mayCreate: boolean };

/** The customers list with its saved views. */
export function CustomersList({ workspace, serverNow, mayCreate }: Props) {
  return (
    <CustomersScreen
      workspace={workspace}
      serverNow={serverNow}
      mayCreate={mayCreate}
      renderViews={(slot) => <ViewBar workspace={workspace} {...slot} />}
    />
  );
}
