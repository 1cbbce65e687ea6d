"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Phone, Send, Waypoints } from "lucide-react";
import dynamic from "next/dynamic";
import { useLocale, useTranslations } from "next-intl";
import { type ReactNode, useRef, useState } from "react";
import { HubHead } from "@/components/hub/hub-head";
import { Owed } from "@/components/hub/owed";
import { ReachBar } from "@/components/hub/reach-bar";
import { RecoveryPlays } from "@/components/hub/recovery";
import { SpokeList } from "@/components/hub/spoke-list";
import { Statement } from "@/components/hub/statement";
import { Timeline, type TimelineFilter } from "@/components/hub/timeline";
import { TimelineFilters } from "@/components/hub/timeline-filters";
import { clausesOf, toWheelView } from "@/components/hub/to-wheel-view";
import { Composer } from "@/components/interactions/composer";
import { useShortcuts } from "@/components/shell/shortcuts";
import { Button, buttonStyle } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { late } from "@/components/ui/late";
import { say } from "@/components/ui/toast";
import { useNow } from "@/components/ui/use-now";
import { useZone } from "@/components/ui/use-zone";
import { LiveWheel } from "@/components/wheel/live-wheel";
import { WheelLegend } from "@/components/wheel/wheel-legend";
import { WheelMobile } from "@/components/wheel/wheel-mobile";
import { can, canAs } from "@/lib/auth/permissions";
import type { Role } from "@/lib/auth/roles";
import type { Hub, Timeline as TimelinePage } from "@/lib/hub/schema";
import { paths } from "@/lib/paths";
import { printPhone } from "@/lib/phone-words";
import { keys } from "@/lib/query-keys";
import { readJson } from "@/lib/request";
import { More } from "./more";

const MoveDialog = late(() => import("@/components/hub/move-menu").then((module) => module.MoveDialog));
const PromiseActions = dynamic(() =>
  import("@/components/promises/promise-actions").then((module) => module.PromiseActions),
);
const AppointmentActions = dynamic(() =>
  import("@/components/appointments/appointment-actions").then((module) => module.AppointmentActions),
);
const TaskActions = dynamic(() => import("@/components/tasks/task-actions").then((module) => module.TaskActions));
const RelayDialog = late(() => import("@/components/relays/relay-dialog").then((module) => module.RelayDialog));

type Props = {
  workspace: string;
  customerId: string;
  journeyId: string;
  timeline: TimelinePage;
  now: string;
  zone: string;
  roles: Role[];
  isAsking: boolean;
  /** Bad contacts of hers that are not put right yet. */
  toPutRight: ReactNode;
};

const everything: TimelineFilter = { kind: "all", spokeId: "", medium: "", personId: "" };

/** One customer as a hub: where she is, what comes next, who holds the baton, and everything that happened. */
export function HubScreen({
  workspace,
  customerId,
  journeyId,
  timeline,
  now: serverNow,
  zone,
  roles,
  isAsking,
  toPutRight,
}: Props) {
  const t = useTranslations("hub");
  const common = useTranslations("common");
  const locale = useLocale();
  const client = useQueryClient();
  const now = useNow(serverNow, 15);
  const shownZone = useZone(zone);
  const [filter, setFilter] = useState(everything);
  const [open, setOpen] = useState<"move" | { ask: string } | null>(isAsking ? { ask: "" } : null);
  const composer = useRef<HTMLDivElement>(null);
  const { data: hub } = useQuery({
    queryKey: keys.wheel.one(workspace, customerId, journeyId),
    queryFn: ({ signal }) =>
      readJson<Hub>(paths.api(workspace, `/hub/${customerId}${journeyId ? `?journey=${journeyId}` : ""}`), signal),
  });
  const mayEdit = can(roles, "customers.edit");
  const focusComposer = () => composer.current?.querySelector("textarea")?.focus();
  useShortcuts(
    mayEdit
      ? [
          { keys: "l", label: t("key.log"), run: focusComposer },
          { keys: "r", label: t("key.relay"), run: () => setOpen({ ask: "" }) },
          { keys: "m", label: t("key.move"), run: () => setOpen("move") },
        ]
      : [],
  );
  if (!hub) return null;
  const refresh = () => {
    void client.invalidateQueries({ queryKey: keys.wheel.one(workspace, customerId) });
    void client.invalidateQueries({ queryKey: keys.timeline.one(workspace, customerId) });
    void client.invalidateQueries({ queryKey: keys.home.all(workspace) });
  };
  const wheelWords = { t, common, locale, zone: shownZone, workspace };
  const view = toWheelView(hub, now, wheelWords);
  const phone = hub.persons.flatMap(({ contactPoints }) => contactPoints).find(({ kind }) => kind === "phone")?.value;
  return (
    <div className="print:block xl:grid xl:grid-cols-[minmax(0,1fr)_380px]">
      <HubHead hub={hub} now={now}>
        {phone ? (
          <a href={`tel:${phone}`} className={cn(buttonStyle({ kind: "plain" }), "max-md:hidden")}>
            <Phone aria-hidden className="size-4" strokeWidth={1.5} />
            <bdi dir="ltr" className="num">
              {printPhone(phone)}
            </bdi>
          </a>
        ) : null}
        {mayEdit ? (
          <>
            <Button shortcut="R" onClick={() => setOpen({ ask: "" })}>
              <Send aria-hidden className="size-4 rtl:-scale-x-100" strokeWidth={1.5} />
              {t("ask")}
            </Button>
            <Button shortcut="M" onClick={() => setOpen("move")}>
              <Waypoints aria-hidden className="size-4 rtl:-scale-x-100" strokeWidth={1.5} />
              {t("move_on")}
            </Button>
            <More workspace={workspace} hub={hub} roles={roles} zone={zone} onChanged={refresh} />
          </>
        ) : null}
      </HubHead>
      <div className="min-w-0 border-hairline xl:border-e">
        <Statement hub={hub} clauses={clausesOf(hub, now, wheelWords)} now={now} />
        {toPutRight}
        <RecoveryPlays workspace={workspace} hub={hub} onChanged={refresh} />
        <div className="px-2 py-4 max-md:hidden print:block">
          <LiveWheel
            view={view}
            isRtl={locale === "he"}
            ringLabels={[t("ring.day"), t("ring.week"), t("ring.month")]}
            onOpen={(spokeId) => (mayEdit ? setOpen({ ask: spokeId }) : setFilter({ ...filter, spokeId }))}
          />
          <WheelLegend />
        </div>
        <div className="px-4 py-4 md:hidden print:hidden">
          <WheelMobile view={view} isRtl={locale === "he"} />
        </div>
        <SpokeList view={view} onAsk={mayEdit ? (spokeId) => setOpen({ ask: spokeId }) : null} />
        <Owed
          hub={hub}
          now={now}
          zone={zone}
          promiseActions={(promise) =>
            mayEdit ? <PromiseActions workspace={workspace} promise={promise} zone={zone} onDone={refresh} /> : null
          }
          appointmentActions={(appointment) =>
            mayEdit ? (
              <AppointmentActions workspace={workspace} appointment={appointment} now={now} onDone={refresh} />
            ) : null
          }
          taskActions={(task) => (mayEdit ? <TaskActions workspace={workspace} task={task} onDone={refresh} /> : null)}
        />
      </div>
      <div className="min-w-0 px-4 pt-4 pb-24 md:px-7 md:pb-10 print:px-0 print:pt-8 print:static print:max-h-none print:overflow-visible xl:sticky xl:top-0 xl:max-h-dvh xl:overflow-y-auto xl:px-5">
        {mayEdit ? (
          <div ref={composer} className="no-print border-hairline border-b pb-4">
            <Composer
              workspace={workspace}
              subject={{
                customerId,
                journeyId: hub.journey.id,
                nextName: hub.next?.name ?? null,
                nextType: hub.next?.type ?? null,
                persons: hub.persons,
              }}
              onLogged={() => {
                void say(t("logged"));
                refresh();
              }}
            />
          </div>
        ) : null}
        <TimelineFilters hub={hub} filter={filter} onChange={setFilter} />
        <Timeline
          workspace={workspace}
          customerId={customerId}
          spokes={hub.spokes}
          filter={filter}
          first={timeline}
          zone={shownZone}
          {...(can(roles, "evaluations.judge") ? { judgeAt: (id: string) => paths.scorecard(workspace, id) } : {})}
        />
      </div>
      <ReachBar phone={phone} onLog={mayEdit ? focusComposer : null} />
      {open === "move" ? (
        <MoveDialog workspace={workspace} hub={hub} onClose={() => setOpen(null)} onMoved={refresh} />
      ) : null}
      {open && open !== "move" ? (
        <RelayDialog
          workspace={workspace}
          customerId={customerId}
          journeyId={hub.journey.id}
          spokes={hub.spokes}
          spokeId={open.ask}
          isHubOnly={!canAs(roles, "relays.send", "yes")}
          onClose={() => setOpen(null)}
          onSent={refresh}
        />
      ) : null}
    </div>
  );
}
