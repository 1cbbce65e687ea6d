"use client";

import { Dialog as Base } from "@base-ui/react/dialog";
import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { IconButton } from "./icon-button";

type Props = {
  isOpen: boolean;
  onClose: () => void;
  title: string;
  description?: string;
  children: ReactNode;
  footer?: ReactNode;
};

/** A question on its own plane: focus stays inside and returns where it came from, Escape closes. */
export function Dialog({ isOpen, onClose, title, description, children, footer }: Props) {
  const t = useTranslations("common");
  return (
    <Base.Root open={isOpen} onOpenChange={(open) => (open ? undefined : onClose())}>
      <Base.Portal>
        <Base.Backdrop className="fixed inset-0 z-40 bg-veil" />
        <Base.Popup className="fixed inset-x-3 top-[8vh] z-50 mx-auto grid max-h-[84vh] max-w-lg grid-rows-[auto_1fr_auto] rounded-sheet bg-float shadow-float outline-none">
          <div className="border-hairline border-b py-3 ps-5 pe-14">
            <Base.Title className="font-serif text-20">{title}</Base.Title>
            {description ? <Base.Description className="text-12 text-ink-3">{description}</Base.Description> : null}
          </div>
          <div className="overflow-y-auto px-5 py-4">{children}</div>
          {footer ? <div className="flex justify-end gap-2 border-hairline border-t px-5 py-3">{footer}</div> : null}
          {/* Last, so that the first field has the focus; the grid has no row for it. */}
          <IconButton icon={X} label={t("close")} onClick={onClose} className="absolute end-3 top-3" />
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
