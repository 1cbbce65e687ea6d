"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { DateTime } from "@/components/ui/date-time";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { SectionHead } from "@/components/ui/section-head";
import { Select } from "@/components/ui/select";
import { useWrite } from "@/components/ui/use-write";
import { assignScenarioAction } from "@/lib/scenario-lab/actions";
import type { DealStanding } from "@/lib/scenario-lab/schema";
import { type Scenario, scenarios } from "@/lib/scenarios/vocabulary";

type Props = {
  workspace: string;
  journeyId: string;
  standing: DealStanding;
  /** What the policy says; null when it cannot. */
  placed: Scenario | null;
};

/** The scenario of this deal: given once at its decision stage, before anybody knows how it ends. */
export function AssignSection({ workspace, journeyId, standing, placed }: Props) {
  const t = useTranslations("lab");
  const scenario = useTranslations("scenarios");
  const { assignment, mayAssign, why, experiment } = standing;
  return (
    <section aria-labelledby="of-this-deal">
      <SectionHead id="of-this-deal" title={t("this_deal")} />
      {assignment ? (
        <p className="text-13">
          <b className="font-550">{scenario(`name.${assignment.scenario}`)}</b>{" "}
          {t(`source.${assignment.source}`, { experiment: assignment.experimentName ?? "" })}{" "}
          <span className="text-12 text-ink-3">
            {assignment.decidedByName ? <bdi>{assignment.decidedByName}</bdi> : null}{" "}
            <DateTime at={assignment.decidedAt} />
          </span>
          {assignment.reason ? (
            <span dir="auto" className="block text-ink-2">
              {assignment.reason}
            </span>
          ) : null}
        </p>
      ) : mayAssign ? (
        <AssignForm {...{ workspace, journeyId, placed, experiment }} />
      ) : (
        <p className="text-13 text-ink-2">{t(why ? `why.${why}` : "why.role")}</p>
      )}
    </section>
  );
}

type FormProps = Pick<Props, "workspace" | "journeyId" | "placed"> & { experiment: string | null };

function AssignForm({ workspace, journeyId, placed, experiment }: FormProps) {
  const t = useTranslations("lab");
  const names = useTranslations("scenarios");
  const router = useRouter();
  const { isBusy, error, run } = useWrite();
  const [chosen, setChosen] = useState<Scenario | "">(placed ?? "");
  const [reason, setReason] = useState("");
  const isOther = placed !== null && chosen !== placed;
  const assign = async () => {
    const input = experiment ? { journeyId } : { journeyId, ...(chosen ? { scenario: chosen } : {}), reason };
    if (await run(() => assignScenarioAction(workspace, input))) router.refresh();
  };
  const isReady = experiment !== null || (chosen !== "" && (!isOther || reason.trim() !== ""));
  return (
    <div className="flex flex-wrap items-end gap-3" aria-busy={isBusy}>
      {experiment ? (
        <p className="max-w-[48em] text-13">{t("will_draw", { name: experiment })}</p>
      ) : (
        <>
          <Field label={names("scenario")}>
            {(control) => (
              <Select
                {...control}
                value={chosen}
                {...(placed === null ? { placeholder: t("choose") } : {})}
                options={scenarios.map((value) => ({ value, label: names(`name.${value}`) }))}
                onChange={(event) => setChosen(event.target.value as Scenario | "")}
              />
            )}
          </Field>
          <div className="min-w-56 flex-1">
            <Field label={t("reason")} isRequired={isOther} error={error ?? undefined}>
              {(control) => (
                <Input
                  {...control}
                  dir="auto"
                  maxLength={1000}
                  value={reason}
                  onChange={(event) => setReason(event.target.value)}
                />
              )}
            </Field>
          </div>
        </>
      )}
      <Button kind="primary" isBusy={isBusy} disabled={!isReady} onClick={assign}>
        {t(experiment ? "draw_now" : "use")}
      </Button>
      {experiment && error ? (
        <p role="alert" className="text-12 text-bad">
          {error}
        </p>
      ) : null}
    </div>
  );
}
