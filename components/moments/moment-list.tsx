"use client";

import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { late } from "@/components/ui/late";
import { SectionHead } from "@/components/ui/section-head";
import { interactionTypes } from "@/lib/journeys/vocabulary";
import type { MomentView } from "@/lib/moments/schema";
import type { Person } from "./moment-dialog";

const MomentDialog = late(() => import("./moment-dialog").then((module) => module.MomentDialog));

type Props = { workspace: string; moments: readonly MomentView[]; people: readonly Person[]; canEdit: boolean };

/** The catalogue of moments by type of contact; those that nobody answers for stand out. */
export function MomentList({ workspace, moments, people, canEdit }: Props) {
  const t = useTranslations("moments");
  const interactions = useTranslations("interactions");
  const [open, setOpen] = useState<MomentView | "new" | null>(null);
  return (
    <div className="px-4 pb-10 md:px-7">
      {canEdit ? (
        <div className="pt-3">
          <Button onClick={() => setOpen("new")}>{t("new")}</Button>
        </div>
      ) : null}
      {interactionTypes.map((type) => {
        const ofType = moments.filter(({ interactionType }) => interactionType === type);
        return ofType.length === 0 ? null : (
          <section key={type} aria-labelledby={`type ${type}`}>
            <SectionHead id={`type ${type}`} title={interactions(`types.${type.replaceAll(/[ /]/g, "_")}`)} />
            <ul>
              {ofType.map((moment) => (
                <Moment key={moment.id} moment={moment} onChange={canEdit ? () => setOpen(moment) : null} />
              ))}
            </ul>
          </section>
        );
      })}
      {open ? (
        <MomentDialog
          workspace={workspace}
          moment={open === "new" ? null : open}
          people={people}
          onClose={() => setOpen(null)}
        />
      ) : null}
    </div>
  );
}

function Moment({ moment, onChange }: { moment: MomentView; onChange: (() => void) | null }) {
  const t = useTranslations("moments");
  const members = useTranslations("members");
  const isHebrew = useLocale() === "he";
  const name = (isHebrew && moment.nameHe) || moment.name;
  const playbook = (isHebrew && moment.playbookHe) || moment.playbook;
  const role = moment.responsibleRole ? members(`roles.${moment.responsibleRole}`) : null;
  return (
    <li className="flex min-h-11 flex-wrap items-center gap-x-4 gap-y-1 border-hairline border-t py-1.5">
      <div className="min-w-0 flex-1 basis-80">
        <p className="text-13">
          <bdi className="font-550">{name}</bdi>{" "}
          <span className="text-12 text-ink-3">{t(`phases.${moment.phase}`)}</span>
        </p>
        {playbook ? (
          <p className="text-12 text-ink-3" dir="auto">
            {playbook}
          </p>
        ) : null}
      </div>
      <p className="text-13">
        {role}
        {moment.responsibleName ? <bdi className="ms-2">{moment.responsibleName}</bdi> : null}
        {moment.isOrphaned ? (
          <span className="ms-2 text-warn">{role || moment.responsibleName ? t("held_by_nobody") : t("orphaned")}</span>
        ) : null}
      </p>
      {onChange ? (
        <Button kind="text" onClick={onChange} aria-label={t("change_one", { name })}>
          {t("change")}
        </Button>
      ) : null}
    </li>
  );
}
