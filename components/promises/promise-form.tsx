"use client";

import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import { usePeople } from "@/components/shell/use-people";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { Textarea } from "@/components/ui/textarea";
import { say } from "@/components/ui/toast";
import { useWrite } from "@/components/ui/use-write";
import { ofWallText, tomorrowText } from "@/components/ui/wall-time";
import { newId } from "@/lib/identifiers";
import { makePromiseAction } from "@/lib/promises/actions";

type Props = {
  workspace: string;
  customerId: string;
  journeyId: string;
  /** The zone in which the due time is written. */
  zone: string;
  onClose: () => void;
  onDone: () => void;
};

/** Writes down what the customer was told: what, by when, by whom. */
export function PromiseForm({ workspace, customerId, journeyId, zone, onClose, onDone }: Props) {
  const t = useTranslations("promises");
  const people = usePeople(workspace);
  const { isBusy, error, fields, run } = useWrite();
  const [text, setText] = useState("");
  const [due, setDue] = useState(() => tomorrowText(zone));
  const [byId, setBy] = useState("");
  const id = useRef(newId());

  const make = async () => {
    const dueAt = ofWallText(due, zone) ?? "";
    const by = byId ? { byId } : {};
    const input = { id: id.current, customerId, journeyId, text, dueAt, ...by };
    if (!(await run(() => makePromiseAction(workspace, input)))) return;
    void say(t("made"));
    onDone();
    onClose();
  };

  return (
    <Dialog isOpen onClose={onClose} title={t("make")} description={t("make_hint")}>
      <form action={make} className="grid gap-3">
        <Field label={t("text")} isRequired>
          {(control) => (
            <Textarea
              {...control}
              autoFocus
              required
              maxLength={1000}
              value={text}
              onChange={(event) => setText(event.target.value)}
            />
          )}
        </Field>
        <div className="grid gap-3 sm:grid-cols-2">
          <Field label={t("due")} hint={zone} error={fields.dueAt ? t("due_wrong") : undefined} isRequired>
            {(control) => (
              <Input
                {...control}
                type="datetime-local"
                required
                value={due}
                onChange={(event) => setDue(event.target.value)}
              />
            )}
          </Field>
          <Field label={t("by")}>
            {(control) => (
              <Select
                {...control}
                value={byId}
                onChange={(event) => setBy(event.target.value)}
                placeholder={t("by_me")}
                options={people.map(({ id: value, name }) => ({ value, label: name }))}
              />
            )}
          </Field>
        </div>
        {error ? (
          <p role="alert" className="text-12 text-bad">
            {error}
          </p>
        ) : null}
        <div className="flex justify-end">
          <Button kind="primary" type="submit" isBusy={isBusy}>
            {t("promise")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
