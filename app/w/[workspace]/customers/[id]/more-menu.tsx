"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { Dialog } from "@/components/ui/dialog";
import { useErrorWords } from "@/components/ui/error-words";
import { late } from "@/components/ui/late";
import { say } from "@/components/ui/toast";
import { can } from "@/lib/auth/permissions";
import type { PublicError } from "@/lib/errors";
import {
  markIntroducedAction,
  reassignOscAction,
  setNextTouchpointAction,
  takeBatonAction,
} from "@/lib/journeys/actions";
import { customerLinkAction } from "@/lib/links/actions";
import type { PersonOption } from "@/lib/members/options";
import { paths } from "@/lib/paths";
import { keys } from "@/lib/query-keys";
import { readJson } from "@/lib/request";
import type { MoreProps } from "./more";

const PeopleEditor = late(() => import("@/components/customers/people-editor").then((module) => module.PeopleEditor));
const ConsentEditor = late(() =>
  import("@/components/customers/consent-editor").then((module) => module.ConsentEditor),
);
const MergeHistory = late(() => import("@/components/customers/merge-history").then((module) => module.MergeHistory));
const PromiseForm = late(() => import("@/components/promises/promise-form").then((module) => module.PromiseForm));
const TaskForm = late(() => import("@/components/tasks/task-form").then((module) => module.TaskForm));
const AppointmentForm = late(() =>
  import("@/components/appointments/appointment-form").then((module) => module.AppointmentForm),
);
const PersonChoice = late(() => import("@/components/hub/person-choice").then((module) => module.PersonChoice));
const NextForm = late(() => import("@/components/hub/next-form").then((module) => module.NextForm));

type Open = "people" | "consents" | "promise" | "task" | "appointment" | "next" | "baton" | "osc" | null;
type Props = MoreProps & {
  /** Whether the list of choices is open; their forms stay when it closes. */
  isListed: boolean;
  onListed: (isListed: boolean) => void;
};
type Answer = { ok: true } | { ok: false; error: PublicError };

/** What else can be done for this customer, one menu away. */
export function MoreMenu({ workspace, hub, roles, zone, onChanged, isListed, onListed }: Props) {
  const t = useTranslations("hub");
  const words = useErrorWords();
  const [open, setOpen] = useState<Open>(null);
  const { customer, journey } = hub;
  const of = { customerId: customer.id, journeyId: journey.id };
  const { data } = useQuery({
    queryKey: keys.members.list(workspace, "options"),
    queryFn: ({ signal }) => readJson<{ people: PersonOption[] }>(paths.api(workspace, "/people"), signal),
    enabled: open === "baton" || open === "osc",
  });
  const close = () => setOpen(null);
  const done = () => {
    close();
    onChanged();
  };
  const run = async (work: Promise<Answer>, said: string) => {
    const answer = await work;
    await say(answer.ok ? said : words(answer.error), { isError: !answer.ok });
    done();
  };
  const copyLink = async () => {
    const answer = await customerLinkAction(workspace, { customerId: customer.id });
    if (!answer.ok) return void say(words(answer.error), { isError: true });
    const { address } = answer.data;
    await say((await copied(address)) ? t("more.link_copied") : address);
  };
  const choices: { key: string; label: string; run: () => void }[] = [
    { key: "next", label: t("more.next"), run: () => setOpen("next") },
    { key: "promise", label: t("more.promise"), run: () => setOpen("promise") },
    { key: "appointment", label: t("more.appointment"), run: () => setOpen("appointment") },
    { key: "task", label: t("more.task"), run: () => setOpen("task") },
    { key: "people", label: t("more.people"), run: () => setOpen("people") },
    { key: "consents", label: t("more.consents"), run: () => setOpen("consents") },
    { key: "baton", label: t("more.baton"), run: () => setOpen("baton") },
    { key: "link", label: t("more.link"), run: () => void copyLink() },
    {
      key: "introduced",
      label: t("more.introduced"),
      run: () => void run(markIntroducedAction(workspace, of), t("more.introduced_done")),
    },
    ...(can(roles, "osc.reassign") ? [{ key: "osc", label: t("more.osc"), run: () => setOpen("osc") }] : []),
  ];
  const people = (data?.people ?? []).filter((person) =>
    open === "osc" ? person.roles.includes("osc") : person.spokeId === journey.accountableSpokeId,
  );
  return (
    <>
      {isListed ? (
        <MenuList label={t("more.title")} onClose={() => onListed(false)}>
          {choices.map((choice) => (
            <li key={choice.key}>
              <button
                type="button"
                className="flex min-h-8 w-full items-center px-3 text-start text-13 hover:bg-selected"
                onClick={() => {
                  onListed(false);
                  choice.run();
                }}
              >
                {choice.label}
              </button>
            </li>
          ))}
        </MenuList>
      ) : null}
      {open === "people" ? (
        <Dialog isOpen onClose={done} title={t("more.people")}>
          <PeopleEditor workspace={workspace} customerId={customer.id} mayEdit />
          <MergeHistory workspace={workspace} customerId={customer.id} name={customer.name} />
        </Dialog>
      ) : null}
      {open === "consents" ? (
        <Dialog isOpen onClose={done} title={t("more.consents")}>
          <ConsentEditor workspace={workspace} customerId={customer.id} persons={hub.persons} mayEdit />
        </Dialog>
      ) : null}
      {open === "promise" ? (
        <PromiseForm workspace={workspace} {...of} zone={zone} onClose={close} onDone={done} />
      ) : null}
      {open === "task" ? (
        <TaskForm workspace={workspace} {...of} spokes={hub.spokes} zone={zone} onClose={close} onDone={done} />
      ) : null}
      {open === "appointment" ? (
        <AppointmentForm workspace={workspace} {...of} zone={zone} onClose={close} onDone={done} />
      ) : null}
      {open === "next" ? (
        <NextForm
          onClose={close}
          onSet={(next) => void run(setNextTouchpointAction(workspace, { ...of, next }), t("more.next_done"))}
        />
      ) : null}
      {open === "baton" ? (
        <PersonChoice
          title={t("more.baton")}
          people={people}
          onClose={close}
          onChosen={(memberId) => void run(takeBatonAction(workspace, { ...of, memberId }), t("more.baton_done"))}
        />
      ) : null}
      {open === "osc" ? (
        <PersonChoice
          title={t("more.osc")}
          people={people.filter(({ id }) => id !== journey.oscId)}
          asksReason
          onClose={close}
          onChosen={(memberId, reason) =>
            void run(reassignOscAction(workspace, { ...of, memberId, reason }), t("more.osc_done"))
          }
        />
      ) : null}
    </>
  );
}

/** Whether the text is in the clipboard now; a browser may refuse, and an address without TLS has none. */
async function copied(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

function MenuList({ label, onClose, children }: { label: string; onClose: () => void; children: ReactNode }) {
  return (
    <>
      <button type="button" aria-hidden tabIndex={-1} className="fixed inset-0 z-30 cursor-default" onClick={onClose} />
      <ul
        aria-label={label}
        onKeyDown={(event) => {
          if (event.key === "Escape") onClose();
        }}
        className="absolute end-0 top-full z-40 mt-1 min-w-56 rounded-sheet border border-hairline bg-float py-1 shadow-float"
      >
        {children}
      </ul>
    </>
  );
}
