"use client";

import { useLocale, useTranslations } from "next-intl";
import { useRef, useState } from "react";
import { usePeople } from "@/components/shell/use-people";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { say } from "@/components/ui/toast";
import { useWrite } from "@/components/ui/use-write";
import { ofWallText } from "@/components/ui/wall-time";
import { newId } from "@/lib/identifiers";
import { createTaskAction } from "@/lib/tasks/actions";

type Spoke = { id: string; name: string; nameHe: string; position: number };
type Props = {
  workspace: string;
  customerId: string;
  journeyId: string;
  /** The departments the author may hand work to. */
  spokes: readonly Spoke[];
  zone: string;
  onClose: () => void;
  onDone: () => void;
};

/** Gives a department, or one of its people, something to do. A department's work never goes to an OSC. */
export function TaskForm({ workspace, customerId, journeyId, spokes, zone, onClose, onDone }: Props) {
  const t = useTranslations("tasks");
  const locale = useLocale();
  const people = usePeople(workspace);
  const { isBusy, error, run } = useWrite();
  const [title, setTitle] = useState("");
  const [spokeId, setSpoke] = useState(spokes[0]?.id ?? "");
  const [ownerId, setOwner] = useState("");
  const [due, setDue] = useState("");
  const id = useRef(newId());
  const isHub = spokes.find((spoke) => spoke.id === spokeId)?.position === 0;
  const owners = people.filter((person) => person.spokeId === spokeId && (isHub || !person.roles.includes("osc")));

  const create = async () => {
    const dueAt = due ? ofWallText(due, zone) : null;
    const input = { id: id.current, customerId, journeyId, title, spokeId, ownerId: ownerId || null, dueAt };
    if (!(await run(() => createTaskAction(workspace, input)))) return;
    void say(t("created"));
    onDone();
    onClose();
  };

  return (
    <Dialog isOpen onClose={onClose} title={t("create")} description={t("create_hint")}>
      <form action={create} className="grid gap-3">
        <Field label={t("title")} isRequired>
          {(control) => (
            <Input
              {...control}
              autoFocus
              required
              maxLength={300}
              dir="auto"
              value={title}
              onChange={(event) => setTitle(event.target.value)}
            />
          )}
        </Field>
        <div className="grid gap-3 sm:grid-cols-2">
          <Field label={t("spoke")}>
            {(control) => (
              <Select
                {...control}
                value={spokeId}
                onChange={(event) => {
                  setSpoke(event.target.value);
                  setOwner("");
                }}
                options={spokes.map((spoke) => ({
                  value: spoke.id,
                  label: locale === "he" && spoke.nameHe ? spoke.nameHe : spoke.name,
                }))}
              />
            )}
          </Field>
          <Field label={t("owner")}>
            {(control) => (
              <Select
                {...control}
                value={ownerId}
                onChange={(event) => setOwner(event.target.value)}
                placeholder={t("anybody")}
                options={owners.map(({ id: value, name }) => ({ value, label: name }))}
              />
            )}
          </Field>
        </div>
        <Field label={t("due")} hint={zone}>
          {(control) => (
            <Input {...control} type="datetime-local" value={due} onChange={(event) => setDue(event.target.value)} />
          )}
        </Field>
        {error ? (
          <p role="alert" className="text-12 text-bad">
            {error}
          </p>
        ) : null}
        <div className="flex justify-end">
          <Button kind="primary" type="submit" isBusy={isBusy}>
            {t("give")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
