"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { late } from "@/components/ui/late";
import type { SellingTeamView } from "@/lib/selling-teams/schema";

const TeamDialog = late(() => import("./team-dialog").then((module) => module.TeamDialog));

/** Opens the selling team of a customer to change it. */
export function TeamButton(props: { workspace: string; customerId: string; team: SellingTeamView }) {
  const t = useTranslations("selling_team");
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <button
        type="button"
        className="no-print text-12 underline decoration-hairline-strong underline-offset-2"
        onClick={() => setOpen(true)}
      >
        {t(props.team.version === 0 ? "name" : "change")}
      </button>
      {isOpen ? <TeamDialog {...props} onClose={() => setOpen(false)} /> : null}
    </>
  );
}
