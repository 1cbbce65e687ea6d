"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Clock } from "@/components/ui/clock";
import { DateTime } from "@/components/ui/date-time";
import { SectionHead } from "@/components/ui/section-head";
import { clockWords, ratioOf } from "@/components/ui/time-words";
import type { Hub } from "@/lib/hub/schema";

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
  const common = useTranslations("common");
  const open = hub.promises.filter(({ state }) => state === "open");
  return (
    <div className="grid gap-x-5 border-hairline border-t px-4 pb-6 md:grid-cols-3 md:px-7">
      <section aria-label={t("promised_to_them")}>
        <SectionHead
          title={t("promised_to_them")}
          note={t("promise_count", {
            open: open.length,
            kept: hub.promises.filter(({ state }) => state === "kept").length,
          })}
        />
        <ul className="grid gap-2">
          {open.map((promise) => (
            <li key={promise.id} className="flex items-start gap-3 text-13">
              <span className="min-w-0 flex-1">
                <span dir="auto">{promise.text}</span>
                <bdi className="block text-12 text-ink-3">{promise.byName}</bdi>
                {promiseActions(promise)}
              </span>
              <Clock
                ratio={ratioOf(promise.madeAt, promise.dueAt, now)}
                text={clockWords(new Date(promise.dueAt).getTime(), now, common)}
              />
            </li>
          ))}
        </ul>
      </section>
      <section aria-label={t("planned")}>
        <SectionHead title={t("planned")} note={String(hub.appointments.length)} />
        <ul className="grid gap-2">
          {hub.appointments.map((appointment) => (
            <li key={appointment.id} className="text-13">
              <DateTime at={appointment.startAt} zone={zone} /> <bdi className="text-ink-2">{appointment.hostName}</bdi>
              <span className="block text-12 text-ink-3">{appointment.place}</span>
              {appointmentActions(appointment)}
            </li>
          ))}
        </ul>
      </section>
      <section aria-label={t("waiting_on_us")}>
        <SectionHead title={t("waiting_on_us")} note={String(hub.relays.length + hub.tasks.length)} />
        <ul className="grid gap-2">
          {hub.relays.map((relay) => (
            <li key={relay.id} className="flex items-start gap-3 text-13">
              <span className="min-w-0 flex-1" dir="auto">
                {relay.question}
                <bdi className="block text-12 text-ink-3">
                  {hub.spokes.find(({ id }) => id === relay.toSpokeId)?.name}
                </bdi>
              </span>
              <Clock
                ratio={ratioOf(relay.sentAt, relay.needBy, now)}
                text={clockWords(new Date(relay.needBy).getTime(), now, common)}
              />
            </li>
          ))}
          {hub.tasks.map((task) => (
            <li key={task.id} className="text-13">
              <span dir="auto">{task.kind === "introduction" ? t("introduce") : task.title}</span>
              <bdi className="block text-12 text-ink-3">{task.ownerName}</bdi>
              {taskActions(task)}
            </li>
          ))}
        </ul>
      </section>
    </div>
  );
}
