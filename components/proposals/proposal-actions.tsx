"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/textarea";
import { useWrite } from "@/components/ui/use-write";
import {
  acceptProposalAction,
  approveProposalAction,
  declineProposalAction,
  presentProposalAction,
  rejectProposalAction,
  resolveConflictAction,
  submitProposalAction,
  withdrawProposalAction,
} from "@/lib/proposals/actions";
import type { ProposalView } from "@/lib/proposals/schema";

type Props = {
  workspace: string;
  proposal: Pick<
    ProposalView,
    "id" | "version" | "lines" | "state" | "isOfferOfRecord" | "mayEdit" | "mayResolve" | "waitsForMe"
  >;
};

/** What may be done with a proposal as it stands: hand in, decide, present, settle, and write down what the customer said. */
export function ProposalActions({ workspace, proposal }: Props) {
  const t = useTranslations("proposals");
  const router = useRouter();
  const { isBusy, error, run } = useWrite();
  const [note, setNote] = useState("");
  const [taken, setTaken] = useState<number[]>([]);
  const [message, setMessage] = useState("");
  const { id, version, state, mayEdit, mayResolve, waitsForMe } = proposal;
  const key = { id, version };
  const options = proposal.lines.filter(({ isOptional }) => isOptional);
  const isNoted = note.trim() !== "";
  // Until the page shows what came of it, nothing else can be pressed on what it was.
  const [doneWith, setDoneWith] = useState<number | null>(null);
  const act = async (work: Parameters<typeof run>[0]) => {
    if (await run(work)) {
      setNote("");
      setDoneWith(version);
    }
    router.refresh();
  };
  const mayEnd = mayEdit && ["draft", "pending_approval", "approved", "presented"].includes(state);
  if (!mayEnd && !mayResolve && !waitsForMe) return null;
  const button = (label: string, work: Parameters<typeof run>[0], isPrimary: boolean, isOff = false) => (
    <Button
      kind={isPrimary ? "primary" : "plain"}
      disabled={isBusy || isOff || doneWith === version}
      onClick={() => void act(work)}
    >
      {label}
    </Button>
  );
  return (
    <div className="grid max-w-180 gap-3 border-hairline border-t pt-4" aria-busy={isBusy}>
      {mayEnd || waitsForMe ? (
        <Field label={t("note")} hint={t("note_hint")}>
          {(control) => (
            <Textarea {...control} maxLength={2000} value={note} onChange={(event) => setNote(event.target.value)} />
          )}
        </Field>
      ) : null}
      {mayResolve ? (
        <Field label={t("message")} hint={t("message_hint")}>
          {(control) => (
            <Textarea
              {...{ ...control, dir: "auto", rows: 2, maxLength: 500, value: message }}
              onChange={(event) => setMessage(event.target.value)}
            />
          )}
        </Field>
      ) : null}
      {mayEdit && state === "presented" && options.length > 0 ? (
        <fieldset className="grid gap-1">
          <legend className="mb-1 font-medium text-12 text-ink-2">{t("options_taken")}</legend>
          {options.map(({ position, productName }) => (
            <Checkbox
              key={position}
              label={productName}
              checked={taken.includes(position)}
              onChange={() =>
                setTaken(taken.includes(position) ? taken.filter((each) => each !== position) : [...taken, position])
              }
            />
          ))}
        </fieldset>
      ) : null}
      <div className="flex flex-wrap items-center gap-2">
        {waitsForMe ? (
          <>
            {button(t("approve"), () => approveProposalAction(workspace, { ...key, note }), true)}
            {button(t("reject"), () => rejectProposalAction(workspace, { ...key, note }), false, !isNoted)}
          </>
        ) : null}
        {mayEdit && state === "draft" ? button(t("submit"), () => submitProposalAction(workspace, key), true) : null}
        {mayEdit && state === "approved"
          ? button(t("present"), () => presentProposalAction(workspace, key), !mayResolve || proposal.isOfferOfRecord)
          : null}
        {mayEdit && state === "presented" ? (
          <>
            {button(t("accept"), () => acceptProposalAction(workspace, { ...key, options: taken }), true)}
            {button(t("decline"), () => declineProposalAction(workspace, { ...key, reason: note }), false, !isNoted)}
          </>
        ) : null}
        {mayResolve
          ? button(
              t(proposal.isOfferOfRecord ? "keep" : "resolve"),
              () => resolveConflictAction(workspace, { ...key, message }),
              state === "approved" && !proposal.isOfferOfRecord,
            )
          : null}
        {mayEnd
          ? button(t("withdraw"), () => withdrawProposalAction(workspace, { ...key, reason: note }), false, !isNoted)
          : null}
      </div>
      {mayEdit && state === "approved" ? <p className="text-12 text-ink-3">{t("final")}</p> : null}
      {error ? (
        <p role="alert" className="text-13 text-bad">
          {error}
        </p>
      ) : null}
    </div>
  );
}
