"use client";

import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Textarea } from "@/components/ui/textarea";
import { useWrite } from "@/components/ui/use-write";
import { defineFirstValueAction, measureFirstValueAction } from "@/lib/onboardings/actions";
import type { FirstValueView } from "@/lib/onboardings/schema";
import { dayText } from "./words";

type Props = {
  workspace: string;
  customerId: string;
  journeyId: string;
  firstValue: FirstValueView | null;
  mayWrite: boolean;
  /** Whether the sale was won, so that it can have come. */
  mayMeasure: boolean;
};

/** What the customer gets out of it first: said at the sale, measured at delivery. */
export function FirstValue(props: Props) {
  const { firstValue, mayWrite, mayMeasure } = props;
  const t = useTranslations("onboarding");
  const locale = useLocale();
  const [isOpen, setOpen] = useState(false);
  if (isOpen) return <DefineForm {...props} onDone={() => setOpen(false)} />;
  return (
    <div className="grid gap-2 text-13">
      {firstValue ? (
        <dl className="grid max-w-[64em] gap-x-5 gap-y-1 md:grid-cols-[10rem_minmax(0,1fr)]">
          <dt className="text-ink-3">{t("value_text")}</dt>
          <dd dir="auto">{firstValue.text}</dd>
          <dt className="text-ink-3">{t("value_sign")}</dt>
          <dd dir="auto">{firstValue.sign}</dd>
          <dt className="text-ink-3">{t("value_target")}</dt>
          <dd>
            {dayText(locale, firstValue.targetOn)}
            {firstValue.definedByName ? (
              <span className="ms-2 text-12 text-ink-3">
                {t.rich("said_by", { name: () => <bdi>{firstValue.definedByName}</bdi> })}
              </span>
            ) : null}
          </dd>
          {firstValue.reachedOn ? (
            <>
              <dt className="text-ink-3">{t("value_reached")}</dt>
              <dd>
                {dayText(locale, firstValue.reachedOn)} <span dir="auto">{firstValue.evidence}</span>
              </dd>
            </>
          ) : null}
        </dl>
      ) : (
        <p className="text-ink-2">{t("value_missing")}</p>
      )}
      {mayWrite && !firstValue?.reachedOn ? (
        <div className="no-print flex flex-wrap items-end gap-3">
          <Button onClick={() => setOpen(true)}>{t(firstValue ? "value_change" : "value_say")}</Button>
          {firstValue && mayMeasure ? <MeasureForm {...props} /> : null}
        </div>
      ) : null}
    </div>
  );
}

function DefineForm({ workspace, customerId, journeyId, firstValue, onDone }: Props & { onDone: () => void }) {
  const t = useTranslations("onboarding");
  const router = useRouter();
  const { isBusy, error, run } = useWrite();
  const [text, setText] = useState(firstValue?.text ?? "");
  const [sign, setSign] = useState(firstValue?.sign ?? "");
  const [targetOn, setTarget] = useState(firstValue?.targetOn ?? "");
  const save = async () => {
    const input = { customerId, journeyId, text, sign, targetOn, version: firstValue?.version ?? 0 };
    if (!(await run(() => defineFirstValueAction(workspace, input)))) return;
    onDone();
    router.refresh();
  };
  const isReady = text.trim() !== "" && sign.trim() !== "" && targetOn !== "";
  return (
    <div className="grid max-w-[48em] gap-3" aria-busy={isBusy}>
      <Field label={t("value_text")} hint={t("value_text_hint")} isRequired>
        {(control) => (
          <Textarea
            {...control}
            dir="auto"
            maxLength={1000}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        )}
      </Field>
      <Field label={t("value_sign")} isRequired>
        {(control) => (
          <Input
            {...control}
            dir="auto"
            maxLength={1000}
            value={sign}
            onChange={(event) => setSign(event.target.value)}
          />
        )}
      </Field>
      <Field label={t("value_target")} isRequired error={error ?? undefined}>
        {(control) => (
          <Input
            {...control}
            type="date"
            className="w-44"
            value={targetOn}
            onChange={(event) => setTarget(event.target.value)}
          />
        )}
      </Field>
      <div className="flex gap-2">
        <Button kind="primary" isBusy={isBusy} disabled={!isReady} onClick={save}>
          {t("save")}
        </Button>
        <Button onClick={onDone}>{t("back")}</Button>
      </div>
    </div>
  );
}

function MeasureForm({ workspace, customerId, journeyId }: Props) {
  const t = useTranslations("onboarding");
  const router = useRouter();
  const { isBusy, error, run } = useWrite();
  const [reachedOn, setReached] = useState("");
  const [evidence, setEvidence] = useState("");
  const save = async () => {
    const input = { customerId, journeyId, reachedOn, evidence };
    if (await run(() => measureFirstValueAction(workspace, input))) router.refresh();
  };
  return (
    <div className="flex flex-1 flex-wrap items-end gap-3" aria-busy={isBusy}>
      <Field label={t("value_reached")} error={error ?? undefined}>
        {(control) => (
          <Input {...control} type="date" value={reachedOn} onChange={(event) => setReached(event.target.value)} />
        )}
      </Field>
      <div className="min-w-48 flex-1">
        <Field label={t("evidence")}>
          {(control) => (
            <Input
              {...control}
              dir="auto"
              maxLength={2000}
              value={evidence}
              onChange={(event) => setEvidence(event.target.value)}
            />
          )}
        </Field>
      </div>
      <Button isBusy={isBusy} disabled={reachedOn === "" || evidence.trim() === ""} onClick={save}>
        {t("measure")}
      </Button>
    </div>
  );
}
