"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, type KeyboardEvent, useId, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { SpokeCode } from "@/components/ui/spoke-code";
import { asksForMore, type MoveTarget } from "@/lib/board/rules";
import type { BoardCard, BoardSpoke } from "@/lib/board/schema";

export type MoveAnswers = { reason?: string; need?: string; fields?: Record<string, string> };

type Props = {
  card: BoardCard;
  targets: readonly MoveTarget[];
  spokes: readonly BoardSpoke[];
  /** The place that was chosen already, by dropping the row or by a refusal of the server. */
  chosen: MoveTarget | null;
  onClose: () => void;
  onMove: (target: MoveTarget, answers: MoveAnswers) => void;
};

/** Where to, and what that place asks for: by keyboard alone the same as dragging. */
export function MoveDialog({ card, targets, spokes, chosen, onClose, onMove }: Props) {
  const t = useTranslations("board");
  const [target, setTarget] = useState(chosen);
  const choose = (each: MoveTarget) => (asksForMore(each) ? setTarget(each) : onMove(each, {}));
  return (
    <Dialog isOpen onClose={onClose} title={t("move_title", { name: card.name })} description={t("move_hint")}>
      {target ? (
        <Answers target={target} onBack={chosen ? onClose : () => setTarget(null)} onMove={onMove} />
      ) : (
        <Places targets={targets} spokes={spokes} onChoose={choose} />
      )}
    </Dialog>
  );
}

function Places({
  targets,
  spokes,
  onChoose,
}: {
  targets: readonly MoveTarget[];
  spokes: readonly BoardSpoke[];
  onChoose: (target: MoveTarget) => void;
}) {
  const t = useTranslations("board");
  const step = (event: KeyboardEvent<HTMLUListElement>) => {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    event.preventDefault();
    const buttons = [...event.currentTarget.querySelectorAll("button")];
    const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
    buttons.at((at + (event.key === "ArrowDown" ? 1 : -1)) % buttons.length)?.focus();
  };
  if (targets.length === 0) return <p className="text-14 text-ink-2">{t("nowhere")}</p>;
  const ordered = [...targets].sort((a, b) => Number(a.direction === "back") - Number(b.direction === "back"));
  return (
    <ul onKeyDown={step} className="grid">
      {ordered.map((target) => {
        const spoke = spokes.find(({ id }) => id === target.stage.spokeId);
        return (
          <li key={target.stage.id} className="border-hairline border-t first:border-t-0">
            <button
              type="button"
              onClick={() => onChoose(target)}
              className="flex h-row w-full items-center gap-3 px-1 text-start text-14 hover:bg-hover focus-visible:bg-selected"
            >
              {spoke ? <SpokeCode code={spoke.code} position={spoke.position} name={spoke.name} /> : null}
              <span className="flex-1">
                <bdi>{target.stage.name}</bdi>
              </span>
              <span className="text-12 text-ink-3">
                {target.direction === "back" ? t("back") : asksForMore(target) ? t("asks") : ""}
              </span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}

type AnswersProps = { target: MoveTarget; onBack: () => void; onMove: Props["onMove"] };

function Answers({ target, onBack, onMove }: AnswersProps) {
  const t = useTranslations("board");
  const common = useTranslations("common");
  const formId = useId();
  const [isChecked, setChecked] = useState(false);
  const [values, setValues] = useState<Record<string, string>>({});
  const asked = [
    ...target.missing.map((key) => ({ key: `fields.${key}`, label: t("field", { key: key.replaceAll("_", " ") }) })),
    ...(target.needsNeed ? [{ key: "need", label: t("need") }] : []),
    ...(target.needsReason ? [{ key: "reason", label: t("reason") }] : []),
  ];
  const answerTo = (key: string) => (values[key] ?? "").trim();

  function submit(event: FormEvent) {
    event.preventDefault();
    setChecked(true);
    if (asked.some(({ key }) => answerTo(key) === "")) return;
    onMove(target, {
      ...(target.needsReason ? { reason: answerTo("reason") } : {}),
      ...(target.needsNeed ? { need: answerTo("need") } : {}),
      ...(target.missing.length > 0
        ? { fields: Object.fromEntries(target.missing.map((key) => [key, answerTo(`fields.${key}`)])) }
        : {}),
    });
  }

  return (
    <form id={formId} onSubmit={submit} className="grid gap-4" noValidate>
      <p className="text-14">
        {t.rich("to_stage", {
          stage: target.stage.name,
          name: (chunks) => (
            <b className="font-550">
              <bdi>{chunks}</bdi>
            </b>
          ),
        })}
      </p>
      {asked.map(({ key, label }) => (
        <Field
          key={key}
          label={label}
          isRequired
          error={isChecked && answerTo(key) === "" ? common("required") : undefined}
        >
          {(control) => (
            <Input
              {...control}
              value={values[key] ?? ""}
              maxLength={key === "reason" ? 1000 : 200}
              onChange={(event) => setValues({ ...values, [key]: event.target.value })}
            />
          )}
        </Field>
      ))}
      <div className="flex justify-end gap-2">
        <Button onClick={onBack}>{common("cancel")}</Button>
        <Button type="submit" kind="primary">
          {t("move")}
        </Button>
      </div>
    </form>
  );
}
