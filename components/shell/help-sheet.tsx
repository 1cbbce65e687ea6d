"use client";

import { useTranslations } from "next-intl";
import { Dialog } from "@/components/ui/dialog";
import { Kbd } from "@/components/ui/kbd";
import { printKeys, type Shortcut } from "./shortcuts";

/** Every key of this screen, read from the registry. */
export function HelpSheet({ shortcuts, onClose }: { shortcuts: readonly Shortcut[]; onClose: () => void }) {
  const t = useTranslations("shell");
  const known = [...new Map(shortcuts.map((each) => [each.keys, each])).values()];
  return (
    <Dialog isOpen onClose={onClose} title={t("keys")}>
      <dl className="grid grid-cols-[auto_1fr] items-center gap-x-4 gap-y-2" data-testid="shortcut-help">
        {known.map(({ keys, label }) => (
          <div key={keys} className="contents">
            <dt className="flex gap-1" data-keys={keys}>
              {printKeys(keys).map((key) => (
                <Kbd key={key}>{key}</Kbd>
              ))}
            </dt>
            <dd className="text-13 first-letter:uppercase">{label}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
