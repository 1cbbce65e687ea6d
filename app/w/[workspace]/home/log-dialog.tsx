"use client";

import { Composer } from "@/components/interactions/composer";
import { Dialog } from "@/components/ui/dialog";
import type { QueueItem } from "@/lib/home/schema";

type Props = { workspace: string; item: QueueItem; onClose: () => void; onLogged: () => void };

/** Logs a contact with the customer one stands on. */
export function LogDialog({ workspace, item, onClose, onLogged }: Props) {
  const { customerId, journeyId, nextName } = item;
  return (
    <Dialog isOpen onClose={onClose} title={item.name}>
      <Composer
        workspace={workspace}
        subject={{ customerId, journeyId, nextName, persons: [] }}
        autoFocus
        onLogged={onLogged}
      />
    </Dialog>
  );
}
