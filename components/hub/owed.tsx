"use client";

import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Clock } from "@/components/ui/clock";
import { DateTime } from "@/components/ui/date-time";
import { SectionHead } from "@/components/ui/section-head";
import { SpokeCode } from "@/components/ui/spoke-code";
import { clockWords, ratioOf } from "@/components/ui/time-words";
import type { Hub } from "@/lib/hub/schema";
import { spokeName } from "./to-wheel-view";

type Props = {
  hub: Hub;
  now: number;
  zone: string;
  promiseActions: (promise: Hub["promises"][number]) => ReactNode;
  appointmentActions: (appointment: Hub["appointments"][number]) => ReactNode;
  taskActions: (task: Hub["tasks"][number]) => ReactNode;
};

/** What we promised them, what is planned with them, and what waits on somebody of ours. */
export function Owed({ hub, now, zone, promiseActions, appointmentActions, taskActions }: Props) {
  const t = useTranslations("hub");
  const open = hub.promises.filter(({ state }) => state === "open");
  const kept = hub.promises.filter(({ state }) => state === "kept").length;
  const waiting = hub.relays.length + hub.tasks.length;
  return (
    <div className="grid border-hairline border-t max-md:px-4 max-md:pb-6 md:grid-cols-[1.3fr_1fr_1fr] md:divide-x md:divide-hairline">
      <Column
        title={t("promised_to_them")}
        note={open.length + kept > 0 ? t("promise_count", { open: open.length, kept }) : null}
        none={open.length === 0 ? t("none_promised") : null}
      >
        {open.map((promise) => (
          <Line
            key={promise.id}
            hub={hub}
            spokeId={promise.spokeId}
            who={promise.byName}
            clock={{ startedAt: promise.madeAt, dueAt: promise.dueAt }}
            now={now}
            actions={promiseActions(promise)}
          >
            {promise.text}
          </Line>
        ))}
      </Column>
      <Column
        title={t("planned")}
        note={hub.appointments.length > 0 ? String(hub.appointments.length) : null}
        none={hub.appointments.length === 0 ? t("none_planned") : null}
      >
        {hub.appointments.map((appointment) => (
          <li key={appointment.id} className="text-13">
            <DateTime at={appointment.startAt} zone={zone} />
            <span className="block text-12 text-ink-3">
              <bdi>{appointment.hostName}</bdi>
              {appointment.place ? <bdi>, {appointment.place}</bdi> : null}
            </span>
            {appointmentActions(appointment)}
          </li>
        ))}
      </Column>
      <Column
        title={t("waiting_on_us")}
        note={waiting > 0 ? String(waiting) : null}
        none={waiting === 0 ? t("none_waiting") : null}
      >
        {hub.relays.map((relay) => (
          <Line
            key={relay.id}
            hub={hub}
            spokeId={relay.toSpokeId}
            who={relay.toName}
            clock={{ startedAt: relay.sentAt, dueAt: relay.needBy }}
            now={now}
          >
            {relay.question}
          </Line>
        ))}
        {hub.tasks.map((task) => (
          <Line
            key={task.id}
            hub={hub}
            spokeId={task.spokeId}
            who={task.ownerName}
            now={now}
            actions={taskActions(task)}
          >
            {task.kind === "introduction" ? t("introduce") : task.title}
          </Line>
        ))}
      </Column>
    </div>
  );
}

type ColumnProps = { title: string; note: string | null; none: string | null; children: ReactNode };

function Column({ title, note, none, children }: ColumnProps) {
  return (
    <section aria-label={title} className="min-w-0 md:px-5 md:pb-6 md:first:ps-7 md:last:pe-7">
      <SectionHead title={title} note={note} />
      {none ? <p className="text-12 text-ink-3">{none}</p> : <ul className="grid gap-3">{children}</ul>}
    </section>
  );
}

type LineProps = {
  hub: Hub;
  spokeId: string;
  who: string | null;
  clock?: { startedAt: string; dueAt: string };
  now: number;
  actions?: ReactNode;
  children: ReactNode;
};

/** One thing that is owed: whose it is, what, by whom, and how much of its time has passed. */
function Line({ hub, spokeId, who, clock, now, actions, children }: LineProps) {
  const common = useTranslations("common");
  const locale = useLocale();
  const spoke = hub.spokes.find(({ id }) => id === spokeId);
  return (
    <li className="flex flex-wrap items-start gap-x-3 text-13">
      <span className="mt-0.5 w-5 flex-none">
        {spoke ? <SpokeCode code={spoke.code} position={spoke.position} name={spokeName(spoke, locale)} /> : null}
      </span>
      <span className="min-w-28 flex-1">
        <span dir="auto" className="block break-words">
          {children}
        </span>
        {who ? (
          <span className="block text-12 text-ink-3">
            <bdi>{who}</bdi>
          </span>
        ) : null}
      </span>
      {clock ? (
        <Clock
          ratio={ratioOf(clock.startedAt, clock.dueAt, now)}
          text={clockWords(new Date(clock.dueAt).getTime(), now, common)}
        />
      ) : null}
      {actions ? <div className="no-print basis-full ps-5">{actions}</div> : null}
    </li>
  );
}
