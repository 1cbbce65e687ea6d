"use client";

import { Eye, Pencil } from "lucide-react";
import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { DateTime } from "@/components/ui/date-time";
import { Field } from "@/components/ui/field";
import { IconButton } from "@/components/ui/icon-button";
import { Input } from "@/components/ui/input";
import { StatusMark } from "@/components/ui/status-mark";
import { useWrite } from "@/components/ui/use-write";
import { setMilestoneAction } from "@/lib/onboardings/actions";
import type { MilestoneView, OnboardingView } from "@/lib/onboardings/schema";
import { MilestoneForm, type Named } from "./milestone-form";
import { milestoneMark, nameIn } from "./words";

type Props = {
  workspace: string;
  onboarding: OnboardingView;
  now: string;
  people: readonly Named[];
  spokes: readonly Named[];
};

/** What was agreed for the time after the sale, step by step: whose it is, by when, and what became of it. */
export function Milestones({ workspace, onboarding, now, people, spokes }: Props) {
  const t = useTranslations("onboarding");
  const locale = useLocale();
  const [openId, setOpenId] = useState<string | null>(null);
  const mayEdit = onboarding.mayLead && onboarding.state === "open";
  const close = () => setOpenId(null);
  return (
    <>
      <ol>
        {onboarding.milestones.map((milestone) => (
          <li key={`${milestone.id}${milestone.version}`} className="border-hairline border-b py-2.5 text-13">
            {openId === milestone.id ? (
              <MilestoneForm {...{ workspace, onboarding, milestone, people, spokes }} onDone={close} />
            ) : (
              <Line {...{ workspace, onboarding, milestone, now, spokes }}>
                {mayEdit && milestone.endedAt === null ? (
                  <IconButton
                    icon={Pencil}
                    label={t("edit", { name: nameIn(locale, milestone) })}
                    onClick={() => setOpenId(milestone.id)}
                  />
                ) : null}
              </Line>
            )}
          </li>
        ))}
      </ol>
      {mayEdit ? (
        <div className="pt-3">
          {openId === "new" ? (
            <MilestoneForm {...{ workspace, onboarding, people, spokes }} milestone={null} onDone={close} />
          ) : (
            <Button onClick={() => setOpenId("new")}>{t("add_milestone")}</Button>
          )}
        </div>
      ) : null}
    </>
  );
}

type LineProps = Omit<Props, "people"> & { milestone: MilestoneView; children: React.ReactNode };

function Line({ workspace, onboarding, milestone, now, spokes, children }: LineProps) {
  const t = useTranslations("onboarding");
  const locale = useLocale();
  const isLate = milestone.endedAt === null && milestone.dueAt <= now;
  const spoke = spokes.find(({ id }) => id === milestone.spokeId)?.name ?? "";
  return (
    <div className="grid gap-x-5 gap-y-1 md:grid-cols-[minmax(0,1fr)_minmax(0,12rem)_minmax(0,20rem)_2rem]">
      <span className="min-w-0">
        <StatusMark state={milestoneMark(milestone.state, isLate)} />{" "}
        <b className="font-550">
          <bdi>{nameIn(locale, milestone)}</bdi>
        </b>
        <span className="block ps-4.5 text-12 text-ink-3">
          {milestone.ownerName ? <bdi>{milestone.ownerName}</bdi> : spoke}
          {milestone.isCustomerVisible ? (
            <span className="ms-2 whitespace-nowrap">
              <Eye aria-hidden className="inline size-3" strokeWidth={1.5} /> {t("customer_sees")}
            </span>
          ) : null}
        </span>
        {milestone.note ? (
          <span dir="auto" className="block ps-4.5 text-ink-2">
            {milestone.note}
          </span>
        ) : null}
      </span>
      <span className={isLate ? "text-bad" : "text-ink-2"}>
        {milestone.endedAt ? t(`milestone_state.${milestone.state}`) : isLate ? t("was_due") : t("due")}{" "}
        <DateTime at={milestone.endedAt ?? milestone.dueAt} shape="date" />
        {milestone.endedAt === null && milestone.firstDueAt !== milestone.dueAt ? (
          <span className="block text-12 text-ink-3">
            {t("first_due")} <DateTime at={milestone.firstDueAt} shape="date" />
          </span>
        ) : null}
      </span>
      {onboarding.mine.includes(milestone.id) && milestone.endedAt === null ? (
        <Steps workspace={workspace} onboarding={onboarding} milestone={milestone} />
      ) : (
        <span />
      )}
      {children}
    </div>
  );
}

type Step = "in_progress" | "done" | "missed" | "cancelled";

function Steps({ workspace, onboarding, milestone }: Pick<LineProps, "workspace" | "onboarding" | "milestone">) {
  const t = useTranslations("onboarding");
  const router = useRouter();
  const { isBusy, error, run } = useWrite();
  const [asks, setAsks] = useState<Step | null>(null);
  const [note, setNote] = useState("");
  const take = async (state: Step) => {
    const input = { id: onboarding.id, milestoneId: milestone.id, version: milestone.version, state, note };
    if (await run(() => setMilestoneAction(workspace, input))) router.refresh();
  };
  return (
    <div aria-busy={isBusy}>
      {asks ? (
        <div className="flex flex-wrap items-end gap-2">
          <div className="min-w-40 flex-1">
            <Field label={t("why_not")} isRequired>
              {(control) => (
                <Input {...control} maxLength={2000} value={note} onChange={(event) => setNote(event.target.value)} />
              )}
            </Field>
          </div>
          <Button kind="primary" isBusy={isBusy} disabled={note.trim() === ""} onClick={() => void take(asks)}>
            {t(`take.${asks}`)}
          </Button>
          <Button onClick={() => setAsks(null)}>{t("back")}</Button>
        </div>
      ) : (
        <span className="flex flex-wrap gap-1.5">
          {milestone.state === "planned" ? (
            <Button disabled={isBusy} onClick={() => void take("in_progress")}>
              {t("take.in_progress")}
            </Button>
          ) : null}
          <Button isBusy={isBusy} onClick={() => void take("done")}>
            {t("take.done")}
          </Button>
          {(["missed", "cancelled"] as const).map((state) => (
            <Button key={state} kind="text" disabled={isBusy} onClick={() => setAsks(state)}>
              {t(`take.${state}`)}
            </Button>
          ))}
        </span>
      )}
      {error ? (
        <p role="alert" className="pt-1 text-12 text-bad">
          {error}
        </p>
      ) : null}
    </div>
  );
}
