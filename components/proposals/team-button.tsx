"use client";

import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { SellingTeamView } from "@/lib/selling-teams/schema";

const TeamDialog = dynamic(() => import("./team-dialog").then((module) => module.TeamDialog), { ssr: false });

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
