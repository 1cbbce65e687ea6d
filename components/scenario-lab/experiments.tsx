"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { DateTime } from "@/components/ui/date-time";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { percent } from "@/components/ui/rate";
import { StatusMark } from "@/components/ui/status-mark";
import { useWrite } from "@/components/ui/use-write";
import { discardExperimentAction, startExperimentAction, stopExperimentAction } from "@/lib/scenario-lab/actions";
import { monthsNeeded } from "@/lib/scenario-lab/months";
import type { ArmView, ExperimentBoard, ExperimentView } from "@/lib/scenario-lab/schema";
import { ExperimentForm } from "./experiment-form";

type Props = { workspace: string; board: ExperimentBoard };

/** Experiments that give deals their scenario by lot: what they are, how they stand, and whether they may end. */
export function Experiments({ workspace, board }: Props) {
  const t = useTranslations("lab");
  const [isWriting, setWriting] = useState(false);
  return (
    <>
      {board.experiments.length === 0 ? <p className="text-13 text-ink-2">{t("no_experiments")}</p> : null}
      {board.experiments.map((experiment) => (
        <Experiment
          key={`${experiment.id}${experiment.version}`}
          workspace={workspace}
          experiment={experiment}
          recentDeals={board.recentDeals}
          mayRun={board.mayRun}
        />
      ))}
      {board.mayRun ? (
        <div className="pt-3">
          {isWriting ? (
            <ExperimentForm workspace={workspace} recentDeals={board.recentDeals} onDone={() => setWriting(false)} />
          ) : (
            <Button onClick={() => setWriting(true)}>{t("write_experiment")}</Button>
          )}
        </div>
      ) : null}
    </>
  );
}

const marks = { draft: "idle", running: "active", stopped: "good" } as const;

type OneProps = { workspace: string; experiment: ExperimentView; recentDeals: number; mayRun: boolean };

function Experiment({ workspace, experiment, recentDeals, mayRun }: OneProps) {
  const t = useTranslations("lab");
  const scenario = useTranslations("scenarios");
  const { status, first, second, winner, startedAt, stoppedAt } = experiment;
  const id = `experiment-${experiment.id}`;
  return (
    <article aria-labelledby={id} className="border-hairline border-t py-3 text-13">
      <h3 id={id} className="font-550 text-14">
        <StatusMark state={marks[status]} /> <bdi>{experiment.name}</bdi>{" "}
        <span className="font-normal text-12 text-ink-3">
          {t(`status.${status}`)}
          {startedAt ? (
            <>
              {" · "}
              <DateTime at={startedAt} shape="date" />
            </>
          ) : null}
          {stoppedAt ? (
            <>
              {" – "}
              <DateTime at={stoppedAt} shape="date" />
            </>
          ) : null}
        </span>
      </h3>
      <p className="max-w-[64em] text-12 text-ink-3">
        {t("set_up", {
          first: scenario(`name.${first.scenario}`),
          second: scenario(`name.${second.scenario}`),
          method: t(`method.${experiment.method}`, {
            share: percent(experiment.share),
            size: experiment.blockSize,
            seed: experiment.seed,
          }),
        })}{" "}
        {experiment.minPClose === null ? "" : t("eligible", { share: percent(experiment.minPClose) })}{" "}
        {t("stop_rule", { chance: percent(experiment.stopChance), count: experiment.stopPerArm })}
      </p>
      {status === "stopped" ? null : <Reach experiment={experiment} recentDeals={recentDeals} />}
      {status === "draft" ? null : (
        <>
          <ul className="flex flex-wrap gap-x-12 gap-y-1 pt-2">
            <Arm arm={first} />
            <Arm arm={second} />
          </ul>
          <p className="pt-1">
            {t("chance", { name: scenario(`name.${second.scenario}`), share: percent(experiment.chance) })}{" "}
            {status === "running" ? (
              <span className="text-ink-2">
                {experiment.stopsWith
                  ? t("may_stop", { name: scenario(`name.${experiment.stopsWith}`) })
                  : t("must_go_on", { count: experiment.stopPerArm })}
              </span>
            ) : null}
          </p>
        </>
      )}
      {status === "stopped" ? (
        <p>
          {winner ? t("won_by", { name: scenario(`name.${winner}`) }) : t("no_winner")}{" "}
          <span dir="auto">{experiment.stopNote}</span>
        </p>
      ) : null}
      {mayRun ? <Controls workspace={workspace} experiment={experiment} /> : null}
    </article>
  );
}

function Arm({ arm }: { arm: ArmView }) {
  const t = useTranslations("lab");
  const scenario = useTranslations("scenarios");
  return (
    <li>
      <b className="font-550">{scenario(`name.${arm.scenario}`)}</b>{" "}
      {t("arm", { won: arm.won, finished: arm.finished, pending: arm.pending })}{" "}
      <span className="num text-12 text-ink-3">{t("arm_mean", { mean: arm.mean.toFixed(4) })}</span>
    </li>
  );
}

/** How many deals it needs, and honestly how long that takes here. */
function Reach({ experiment, recentDeals }: Pick<OneProps, "experiment" | "recentDeals">) {
  const t = useTranslations("lab");
  const months = monthsNeeded(experiment.perArm, recentDeals);
  const needed = t("per_arm", {
    count: experiment.perArm,
    from: percent(experiment.expectedFirst),
    to: percent(experiment.expectedSecond),
  });
  const reach =
    months === null
      ? t("reach_none")
      : t(months > 24 ? "reach_never" : "reach", { months: Math.ceil(months), deals: recentDeals });
  return (
    <p className="max-w-[64em]">
      {needed} {reach}
    </p>
  );
}

function Controls({ workspace, experiment }: Pick<OneProps, "workspace" | "experiment">) {
  const t = useTranslations("lab");
  const router = useRouter();
  const { isBusy, error, run } = useWrite();
  const [note, setNote] = useState("");
  const { id, version, status, stopsWith } = experiment;
  const act = async (work: Parameters<typeof run>[0]) => {
    if (await run(work)) router.refresh();
  };
  if (status === "stopped") return null;
  return (
    <div className="flex flex-wrap items-end gap-3 pt-2" aria-busy={isBusy}>
      {status === "draft" ? (
        <>
          <Button isBusy={isBusy} onClick={() => void act(() => startExperimentAction(workspace, { id, version }))}>
            {t("start")}
          </Button>
          <Button
            kind="text"
            disabled={isBusy}
            onClick={() => void act(() => discardExperimentAction(workspace, { id }))}
          >
            {t("discard")}
          </Button>
        </>
      ) : (
        <>
          <div className="min-w-56 flex-1">
            <Field label={t("stop_note")} isRequired={stopsWith === null}>
              {(control) => (
                <Input {...control} maxLength={1000} value={note} onChange={(event) => setNote(event.target.value)} />
              )}
            </Field>
          </div>
          <Button
            isBusy={isBusy}
            disabled={stopsWith === null && note.trim() === ""}
            onClick={() => void act(() => stopExperimentAction(workspace, { id, version, note }))}
          >
            {t(stopsWith === null ? "give_up" : "stop")}
          </Button>
        </>
      )}
      {error ? (
        <p role="alert" className="text-12 text-bad">
          {error}
        </p>
      ) : null}
    </div>
  );
}
