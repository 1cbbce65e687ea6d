"use client";

import { Ellipsis } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { late } from "@/components/ui/late";
import type { Role } from "@/lib/auth/roles";
import type { Hub } from "@/lib/hub/schema";

const MoreMenu = late(() => import("./more-menu").then((module) => module.MoreMenu));

export type MoreProps = { workspace: string; hub: Hub; roles: readonly Role[]; zone: string; onChanged: () => void };

/** What else can be done for this customer: a button, whose choices and forms load on first use. */
export function More(props: MoreProps) {
  const t = useTranslations("hub");
  const [isListed, setListed] = useState(false);
  const [wasOpened, setOpened] = useState(false);
  return (
    <div className="relative">
      <Button
        aria-expanded={isListed}
        aria-haspopup="true"
        onClick={() => {
          setOpened(true);
          setListed(!isListed);
        }}
      >
        <Ellipsis aria-hidden className="size-4" strokeWidth={1.5} />
        {t("more.title")}
      </Button>
      {wasOpened ? <MoreMenu {...props} isListed={isListed} onListed={setListed} /> : null}
    </div>
  );
}
