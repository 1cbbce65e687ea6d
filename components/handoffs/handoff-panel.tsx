"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { useWrite } from "@/components/ui/use-write";
import {
  acceptHandoffAction,
  cancelHandoffAction,
  proposeHandoffAction,
  rateHandoffAction,
} from "@/lib/handoffs/actions";
import type { PolicySays } from "@/lib/handoffs/rules";
import type { HandoffView } from "@/lib/handoffs/schema";
import { DeclineForm } from "./decline-form";
import { GivenUp, HandoffFacts, HandoffStanding, SentBack } from "./handoff-line";
import { IntroduceForm } from "./introduce-form";
import { Reasked } from "./packet-facts";
import type { Part } from "./part";
import { RejectDialog } from "./reject-dialog";
import { ScenarioForm } from "./scenario-form";
import { ScenarioLine, ShortageLine } from "./scenario-line";

type Props = {
  workspace: string;
  handoff: HandoffView;
  fromName: string;
  toName: string;
  /** What the policy in force says of the deal; null without one, or where it is not asked for. */
  policy?: PolicySays | null;
};

/** One handoff and what the reader may do with it. */
export function HandoffPanel({ workspace, handoff, fromName, toName, policy = null }: Props) {
  const t = useTranslations("handoffs");
  const router = useRouter();
  const { isBusy, error, run } = useWrite();
  const [isRejecting, setRejecting] = useState(false);
  const [capacityReason, setCapacityReason] = useState("");
  const { id, version, may } = handoff;
  const isShort = handoff.shortage?.isShort ?? false;
  const act = async (does: Parameters<typeof run>[0]) => {
    if (await run(does)) router.refresh();
  };
  return (
    <section
      aria-labelledby="handoff"
      className="grid gap-2 rounded-lg border border-hairline-strong bg-float px-4 py-3"
    >
      <div className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1">
        <h2 id="handoff" className="font-serif text-20">
          {t("from_to", { from: fromName, to: toName })}
        </h2>
        <HandoffStanding state={handoff.state} />
      </div>
      <p className="flex flex-wrap gap-x-3 text-12 text-ink-3">
        <span>{t.rich("by", { name: () => <bdi>{handoff.fromName}</bdi> })}</span>
        {handoff.toName ? <span>{t.rich("for", { name: () => <bdi>{handoff.toName}</bdi> })}</span> : null}
        <HandoffFacts row={handoff} />
      </p>
      {handoff.note ? (
        <p dir="auto" className="text-13">
          {handoff.note}
        </p>
      ) : null}
      <ScenarioLine workspace={workspace} handoff={handoff} />
      <ShortageLine handoff={handoff} />
      {may.chooseScenario ? (
        <ScenarioForm workspace={workspace} handoff={handoff} isBusy={isBusy} act={act} policy={policy} />
      ) : null}
      <SentBack row={handoff} />
      <GivenUp handoff={handoff} />
      <Reasked count={handoff.reasks.length} />
      {["draft", "proposed", "rejected", "expired"].includes(handoff.state) ? (
        <p className="text-12 text-ink-2">{t.rich("stays", { name: () => <bdi>{fromName}</bdi> })}</p>
      ) : null}
      <div className="no-print flex flex-wrap items-end gap-2" aria-busy={isBusy}>
        {may.answer ? (
          <>
            {isShort ? <ShortageField value={capacityReason} onChange={setCapacityReason} /> : null}
            <Button
              kind="primary"
              isBusy={isBusy}
              disabled={isShort && capacityReason.trim() === ""}
              onClick={() => void act(() => acceptHandoffAction(workspace, { id, version, capacityReason }))}
            >
              {t("accept")}
            </Button>
            <Button disabled={isBusy} onClick={() => setRejecting(true)}>
              {t("reject")}
            </Button>
          </>
        ) : null}
        {may.propose || may.cancel ? (
          <Sending workspace={workspace} handoff={handoff} isBusy={isBusy} act={act} />
        ) : null}
        {may.introduce ? <IntroduceForm workspace={workspace} handoff={handoff} isBusy={isBusy} act={act} /> : null}
        {may.rate ? <Rating workspace={workspace} handoff={handoff} isBusy={isBusy} act={act} /> : null}
      </div>
      {may.decline ? <DeclineForm workspace={workspace} handoff={handoff} isBusy={isBusy} act={act} /> : null}
      {error ? (
        <p role="alert" className="text-12 text-bad">
          {error}
        </p>
      ) : null}
      {isRejecting ? (
        <RejectDialog workspace={workspace} handoff={handoff} onClose={() => setRejecting(false)} />
      ) : null}
    </section>
  );
}

function ShortageField({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const t = useTranslations("handoffs");
  return (
    <div className="min-w-64">
      <Field label={t("short_why")} isRequired>
        {(control) => (
          <Input {...control} value={value} maxLength={1000} onChange={(event) => onChange(event.target.value)} />
        )}
      </Field>
    </div>
  );
}

function Sending({ workspace, handoff, isBusy, act }: Part) {
  const t = useTranslations("handoffs");
  const [reason, setReason] = useState("");
  const [isLeaving, setLeaving] = useState(false);
  const { id, version, may, state } = handoff;
  const isOverriding = may.needsReason;
  const isShort = handoff.shortage?.isShort ?? false;
  const [capacityReason, setCapacityReason] = useState("");
  return (
    <>
      {isOverriding || isLeaving ? (
        <div className="min-w-64">
          <Field label={t(isLeaving ? "cancel_why" : "why_you")} isRequired>
            {(control) => (
              <Input {...control} value={reason} maxLength={1000} onChange={(event) => setReason(event.target.value)} />
            )}
          </Field>
        </div>
      ) : null}
      {may.propose && !isLeaving && isShort ? (
        <ShortageField value={capacityReason} onChange={setCapacityReason} />
      ) : null}
      {may.propose && !isLeaving ? (
        <Button
          kind="primary"
          isBusy={isBusy}
          disabled={(isOverriding && reason.trim() === "") || (isShort && capacityReason.trim() === "")}
          onClick={() => void act(() => proposeHandoffAction(workspace, { id, version, reason, capacityReason }))}
        >
          {t(state === "draft" ? "propose" : "propose_again")}
        </Button>
      ) : null}
      {may.cancel ? (
        <Button
          kind="danger"
          disabled={isBusy || (isLeaving && reason.trim() === "")}
          onClick={() =>
            isLeaving ? void act(() => cancelHandoffAction(workspace, { id, version, reason })) : setLeaving(true)
          }
        >
          {t("cancel")}
        </Button>
      ) : null}
      {isLeaving ? <Button onClick={() => setLeaving(false)}>{t("close")}</Button> : null}
    </>
  );
}

function Rating({ workspace, handoff: { id, version, reasks }, isBusy, act }: Part) {
  const t = useTranslations("handoffs");
  const [rating, setRating] = useState("");
  const [hadToRepeat, setRepeat] = useState(reasks.length > 0);
  return (
    <>
      <Field label={t("rate")} hint={t("rating")} isRequired>
        {(control) => (
          <Select
            {...control}
            value={rating}
            placeholder="–"
            options={["1", "2", "3", "4", "5"].map((value) => ({ value, label: value }))}
            onChange={(event) => setRating(event.target.value)}
          />
        )}
      </Field>
      <Checkbox
        label={t("repeat")}
        checked={hadToRepeat}
        disabled={reasks.length > 0}
        onChange={(event) => setRepeat(event.target.checked)}
      />
      <Button
        kind="primary"
        isBusy={isBusy}
        disabled={rating === ""}
        onClick={() =>
          void act(() => rateHandoffAction(workspace, { id, version, rating: Number(rating), hadToRepeat }))
        }
      >
        {t("give")}
      </Button>
    </>
  );
}
