"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { Textarea } from "@/components/ui/textarea";
import { useWrite } from "@/components/ui/use-write";
import { editLeakAction, moveLeakAction } from "@/lib/leaks/actions";
import type { LeakView } from "@/lib/leaks/schema";

type Leak = Pick<
  LeakView,
  "id" | "version" | "state" | "ownerId" | "ownerName" | "dueOn" | "action" | "mayLead" | "mayMove"
>;
type Props = { workspace: string; leak: Leak; people: readonly { id: string; name: string }[] };

/** Owner, date and what is being done; who may begins to mend it or says that it is none. */
export function LeakActions({ workspace, leak, people }: Props) {
  const t = useTranslations("leaks.one");
  const common = useTranslations("common");
  const router = useRouter();
  const { isBusy, error, fields, run } = useWrite();
  const [edited, setEdited] = useState({ action: leak.action, ownerId: leak.ownerId ?? "", dueOn: leak.dueOn ?? "" });
  const [note, setNote] = useState("");
  const { id, version, state, mayLead } = leak;
  if (!leak.mayMove) return <p className="text-13 text-ink-3">{t("not_yours")}</p>;
  if (state === "closed" || state === "rejected") return null;
  const act = async (work: Parameters<typeof run>[0]) => {
    if (await run(work)) router.refresh();
  };
  const { ownerId, dueOn, action } = edited;
  const edits = { id, version, action, ...(ownerId ? { ownerId } : {}), ...(dueOn ? { dueOn } : {}) };
  // What was written down goes along with the decision.
  const move = (to: "being_fixed" | "rejected") =>
    act(async () => {
      const saved = await editLeakAction(workspace, edits);
      if (!saved.ok) return saved;
      return moveLeakAction(workspace, { id, version: saved.data.version, state: to, note });
    });
  return (
    <div className="grid max-w-[64em] gap-3" aria-busy={isBusy}>
      <div className="grid gap-3 md:grid-cols-[16rem_10rem]">
        <Field label={t("owner")} error={fields.ownerId}>
          {(control) => (
            <Select
              {...control}
              value={ownerId}
              disabled={!mayLead}
              {...(people.some((person) => person.id === ownerId) ? {} : { placeholder: leak.ownerName ?? "–" })}
              options={people.map((person) => ({ value: person.id, label: person.name }))}
              onChange={(event) => setEdited({ ...edited, ownerId: event.target.value })}
            />
          )}
        </Field>
        <Field label={t("due_on")} error={fields.dueOn}>
          {(control) => (
            <Input
              {...control}
              type="date"
              value={dueOn}
              onChange={(event) => setEdited({ ...edited, dueOn: event.target.value })}
            />
          )}
        </Field>
      </div>
      <Field label={t("action")}>
        {(control) => (
          <Textarea
            {...control}
            maxLength={2000}
            value={action}
            onChange={(event) => setEdited({ ...edited, action: event.target.value })}
          />
        )}
      </Field>
      <Field label={t("note")} hint={mayLead ? t("note_hint") : undefined} error={fields.note}>
        {(control) => (
          <Input
            {...control}
            dir="auto"
            maxLength={2000}
            value={note}
            onChange={(event) => setNote(event.target.value)}
          />
        )}
      </Field>
      <div className="flex flex-wrap gap-2">
        {state === "confirmed" ? (
          <Button kind="primary" isBusy={isBusy} onClick={() => void move("being_fixed")}>
            {t("mend")}
          </Button>
        ) : null}
        <Button onClick={() => void act(() => editLeakAction(workspace, edits))} disabled={isBusy}>
          {common("save")}
        </Button>
        {mayLead ? (
          <Button kind="text" disabled={isBusy || note.trim() === ""} onClick={() => void move("rejected")}>
            {t("reject")}
          </Button>
        ) : null}
      </div>
      {error ? (
        <p role="alert" className="text-12 text-bad">
          {error}
        </p>
      ) : null}
    </div>
  );
}
