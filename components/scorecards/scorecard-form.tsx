"use client";

import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { SectionHead } from "@/components/ui/section-head";
import { Select } from "@/components/ui/select";
import { Textarea } from "@/components/ui/textarea";
import { say } from "@/components/ui/toast";
import { useWrite } from "@/components/ui/use-write";
import { judgeInteractionAction } from "@/lib/evaluations/actions";
import {
  type CriterionFinding,
  criterionResults,
  type Scorecard,
  type ScorecardCriterion,
} from "@/lib/evaluations/schema";

type Props = { workspace: string; card: Scorecard };
type Results = Record<string, CriterionFinding>;

/** Judging one contact, criterion by criterion; what a stored fact decided stands as it is. */
export function ScorecardForm({ workspace, card }: Props) {
  const t = useTranslations("scorecards");
  const router = useRouter();
  const { isBusy, error, run } = useWrite();
  const [results, setResults] = useState<Results>({});
  const [comment, setComment] = useState("");
  const chosen = Object.entries(results).map(([criterionId, result]) => ({ criterionId, result }));

  async function judge() {
    const input = { id: card.interaction.id, results: chosen, comment };
    if (!(await run(() => judgeInteractionAction(workspace, input)))) return;
    setResults({});
    setComment("");
    void say(t("kept"));
    router.refresh();
  }

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void judge();
      }}
      aria-busy={isBusy}
      className="px-4 pb-10 md:px-7"
    >
      <SectionHead title={t("criteria")} note={t("version", { number: card.versionNumber })} />
      <ul>
        {card.criteria.map((criterion) => (
          <Criterion
            key={criterion.id}
            criterion={criterion}
            value={results[criterion.id] ?? ""}
            isClosed={card.refusal !== null}
            onChange={(value) =>
              setResults(({ [criterion.id]: _, ...rest }) => (value ? { ...rest, [criterion.id]: value } : rest))
            }
          />
        ))}
      </ul>
      {card.refusal ? (
        <p className="pt-3 text-13 text-warn">{t(`refused.${card.refusal}`)}</p>
      ) : (
        <div className="grid max-w-xl gap-3 pt-4">
          <Field label={t("comment")}>
            {(control) => (
              <Textarea
                {...control}
                maxLength={2000}
                value={comment}
                onChange={(event) => setComment(event.target.value)}
              />
            )}
          </Field>
          {error ? (
            <p role="alert" className="text-12 text-bad">
              {error}
            </p>
          ) : null}
          <div>
            <Button kind="primary" type="submit" isBusy={isBusy} disabled={chosen.length === 0}>
              {t("judge")}
            </Button>
          </div>
        </div>
      )}
    </form>
  );
}

type CriterionProps = {
  criterion: ScorecardCriterion;
  value: CriterionFinding | "";
  isClosed: boolean;
  onChange: (value: CriterionFinding | null) => void;
};

function Criterion({ criterion, value, isClosed, onChange }: CriterionProps) {
  const t = useTranslations("scorecards");
  const isHebrew = useLocale() === "he";
  const name = (isHebrew && criterion.nameHe) || criterion.name;
  const moment = (isHebrew && criterion.momentNameHe) || criterion.momentName;
  const { result, judgedBy } = criterion;
  const isDecided = judgedBy === "rule";
  const standing = result ? t("standing", { result: t(`results.${result}`), by: t(`scorers.${judgedBy}`) }) : null;
  return (
    <li className="flex min-h-11 flex-wrap items-center gap-x-4 gap-y-1 border-hairline border-t py-1.5 text-13">
      <div className="min-w-0 flex-1 basis-72">
        <span className="font-550">{name}</span>
        <span className="ms-2 text-12 text-ink-3">{t("weight", { weight: criterion.weight })}</span>
        {criterion.critical ? <span className="ms-2 text-12 text-bad">{t("critical")}</span> : null}
        {moment ? <p className="text-12 text-ink-3">{moment}</p> : null}
      </div>
      {standing ? <span className={result === "missed" ? "text-bad" : "text-ink-2"}>{standing}</span> : null}
      {isDecided || isClosed ? null : (
        <Select
          aria-label={name}
          className="w-40"
          value={value}
          placeholder={t("not_judged")}
          onChange={(event) => onChange(criterionResults.find((each) => each === event.target.value) ?? null)}
          options={criterionResults.map((each) => ({ value: each, label: t(`results.${each}`) }))}
        />
      )}
    </li>
  );
}
