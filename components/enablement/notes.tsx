"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { DateTime } from "@/components/ui/date-time";
import { Field } from "@/components/ui/field";
import { ListFrame } from "@/components/ui/list-frame";
import { Textarea } from "@/components/ui/textarea";
import { useWrite } from "@/components/ui/use-write";
import { writeNoteAction } from "@/lib/enablement/actions";
import type { NoteView } from "@/lib/enablement/schema";
import { paths } from "@/lib/paths";
import { keys } from "@/lib/query-keys";
import { errorOf, readJson } from "@/lib/request";

/** What coach and coachee write to each other; the words say that nobody else reads them. */
export function Notes({ workspace, assignmentId }: { workspace: string; assignmentId: string }) {
  const t = useTranslations("enablement");
  const client = useQueryClient();
  const queryKey = keys.enablement.one(workspace, assignmentId, "notes");
  const { data, error, isLoading, refetch } = useQuery({
    queryKey,
    queryFn: ({ signal }) => readJson<NoteView[]>(paths.api(workspace, `/enablement/${assignmentId}/notes`), signal),
  });
  const write = useWrite();
  const [text, setText] = useState("");
  const send = async () => {
    if (!text.trim() || !(await write.run(() => writeNoteAction(workspace, { assignmentId, text })))) return;
    setText("");
    await client.invalidateQueries({ queryKey });
  };
  return (
    <div className="grid max-w-[46em] gap-2 pb-2">
      <p className="text-12 text-ink-3">{t("notes_private")}</p>
      <ListFrame
        isLoading={isLoading}
        error={error ? { requestId: errorOf(error).requestId } : null}
        onRetry={() => void refetch()}
        isEmpty={data?.length === 0}
        empty={<p className="text-13 text-ink-2">{t("no_notes")}</p>}
      >
        <ul>
          {data?.map((note) => (
            <li key={note.id} className="border-hairline border-t py-1.5 text-13">
              <span className="text-12 text-ink-3">
                <bdi>{note.authorName}</bdi>, <DateTime at={note.createdAt} />
              </span>
              <p dir="auto" className="whitespace-pre-line">
                {note.text}
              </p>
            </li>
          ))}
        </ul>
      </ListFrame>
      <Field label={t("note")} error={write.error ?? undefined}>
        {(control) => (
          <Textarea {...control} maxLength={4000} value={text} onChange={(event) => setText(event.target.value)} />
        )}
      </Field>
      <div>
        <Button onClick={() => void send()} isBusy={write.isBusy} disabled={!text.trim()}>
          {t("write_note")}
        </Button>
      </div>
    </div>
  );
}
