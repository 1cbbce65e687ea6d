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
import { editImprovementAction, moveImprovementAction } from "@/lib/improvements/actions";
import type { ImprovementView } from "@/lib/improvements/schema";

type Props = {
  workspace: string;
  improvement: ImprovementView;
  cause: string;
  people: readonly { id: string; name: string }[];
};

const following = { proposed: "accepted", accepted: "in_progress", in_progress: "done" } as const;

/** Moves an improvement on and writes it down: its owner hers, managers every one. */
export function ImprovementActions({ workspace, improvement, cause, people }: Props) {
  const t = useTranslations("improvements");
  const common = useTranslations("common");
  const router = useRouter();
  const { isBusy, error, fields, run } = useWrite();
  const { id, version, state, mayLead, mayMove } = improvement;
  const [edited, setEdited] = useState({
    title: improvement.title || t("untitled", { cause }),
    description: improvement.description,
    ownerId: improvement.ownerId ?? "",
    dueOn: improvement.dueOn,
  });
  const [note, setNote] = useState("");
  if (!mayMove || state === "done" || state === "rejected") return null;
  const act = async (work: Parameters<typeof run>[0]) => {
    if (await run(work)) router.refresh();
  };
  const { ownerId, ...words } = edited;
  const edits = { id, version, ...words, ...(ownerId ? { ownerId } : {}) };
  const isEdited =
    words.description !== improvement.description ||
    words.dueOn !== improvement.dueOn ||
    ownerId !== (improvement.ownerId ?? "") ||
    words.title !== improvement.title;
  const save = () => act(() => editImprovementAction(workspace, edits));
  // What was written down goes along with the decision.
  const move = (next: "accepted" | "in_progress" | "done" | "rejected") =>
    act(async () => {
      if (!isEdited || next === "rejected") return moveImprovementAction(workspace, { id, version, state: next, note });
      const saved = await editImprovementAction(workspace, edits);
      if (!saved.ok) return saved;
      return moveImprovementAction(workspace, { id, version: saved.data.version, state: next, note });
    });
  const to = following[state];
  const mayGoOn = mayLead || to !== "accepted";
  return (
    <div className="mt-3 grid gap-3 border-hairline border-t pt-3" aria-busy={isBusy}>
      <div className="grid gap-3 md:grid-cols-[minmax(0,1fr)_12rem_10rem]">
        <Field label={t("title_label")}>
          {(control) => (
            <Input
              {...control}
              dir="auto"
              maxLength={200}
              value={edited.title}
              onChange={(event) => setEdited({ ...edited, title: event.target.value })}
            />
          )}
        </Field>
        <Field label={t("owner")} error={fields.ownerId ? t("owner_needed") : undefined}>
          {(control) => (
            <Select
              {...control}
              value={edited.ownerId}
              disabled={!mayLead}
              {...(people.some((person) => person.id === edited.ownerId)
                ? {}
                : { placeholder: improvement.ownerName ?? t("nobody") })}
              options={people.map((person) => ({ value: person.id, label: person.name }))}
              onChange={(event) => setEdited({ ...edited, ownerId: event.target.value })}
            />
          )}
        </Field>
        <Field label={t("due_on")}>
          {(control) => (
            <Input
              {...control}
              type="date"
              value={edited.dueOn}
              onChange={(event) => setEdited({ ...edited, dueOn: event.target.value })}
            />
          )}
        </Field>
      </div>
      <Field label={t("description")}>
        {(control) => (
          <Textarea
            {...control}
            maxLength={4000}
            value={edited.description}
            onChange={(event) => setEdited({ ...edited, description: event.target.value })}
          />
        )}
      </Field>
      <Field label={t("note")} hint={mayLead ? t("note_hint") : undefined}>
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
        {mayGoOn ? (
          <Button kind="primary" isBusy={isBusy} onClick={() => void move(to)}>
            {t(`move.${to}`)}
          </Button>
        ) : null}
        <Button onClick={() => void save()} disabled={isBusy || edited.title.trim() === ""}>
          {common("save")}
        </Button>
        {mayLead ? (
          <Button kind="text" disabled={isBusy || note.trim() === ""} onClick={() => void move("rejected")}>
            {t("move.rejected")}
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
