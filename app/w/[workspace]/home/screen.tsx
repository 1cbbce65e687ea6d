"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { HomeList } from "@/components/home/home-list";
import { Peek } from "@/components/home/peek";
import { useQueue } from "@/components/home/use-queue";
import { useShortcuts } from "@/components/shell/shortcuts";
import { cn } from "@/components/ui/cn";
import { DateTime } from "@/components/ui/date-time";
import { Kbd } from "@/components/ui/kbd";
import { late } from "@/components/ui/late";
import { LinkButton } from "@/components/ui/link-button";
import { ListFrame } from "@/components/ui/list-frame";
import { PageHead } from "@/components/ui/page-head";
import { say } from "@/components/ui/toast";
import { useNow } from "@/components/ui/use-now";
import { can } from "@/lib/auth/permissions";
import type { Role } from "@/lib/auth/roles";
import type { Queue, QueueItem } from "@/lib/home/schema";
import { paths } from "@/lib/paths";
import { keys } from "@/lib/query-keys";
import { errorOf } from "@/lib/request";

const LogDialog = late(() => import("./log-dialog").then((module) => module.LogDialog));

type Props = {
  workspace: string;
  now: string;
  roles: Role[];
  timeZone: string;
  toPutRight: ReactNode;
  digest: ReactNode;
};

const count = (queue: Queue | undefined, group: QueueItem["group"]) =>
  queue?.items.filter((item) => item.group === group).length ?? 0;

/** "Who needs me now?", worked through by keyboard: j and k move, Enter opens, l logs. */
export function HomeScreen({ workspace, now: serverNow, roles, timeZone, toPutRight, digest }: Props) {
  const t = useTranslations("home");
  const router = useRouter();
  const client = useQueryClient();
  const now = useNow(serverNow, 5);
  const { data: queue, error, refetch } = useQueue(workspace);
  const [selectedId, setSelectedId] = useState<string | null>(queue?.items[0]?.customerId ?? null);
  const [isLogging, setLogging] = useState(false);
  const items = queue?.items ?? [];
  const place = Math.max(
    0,
    items.findIndex((item) => item.customerId === selectedId),
  );
  const selected = items[place];

  const move = (by: number) => () => {
    const next = items[Math.min(items.length - 1, Math.max(0, place + by))];
    if (!next) return;
    setSelectedId(next.customerId);
    document.querySelector(`[data-customer="${next.customerId}"]`)?.scrollIntoView({ block: "nearest" });
  };
  const ask = () =>
    selected ? router.push(`${paths.customer(workspace, selected.customerId)}?ask=1` as never) : undefined;
  const open = () => (selected ? router.push(paths.customer(workspace, selected.customerId)) : undefined);
  useShortcuts([
    { keys: "j", label: t("key.down"), run: move(1) },
    { keys: "k", label: t("key.up"), run: move(-1) },
    { keys: "ArrowDown", label: t("key.down"), run: move(1) },
    { keys: "ArrowUp", label: t("key.up"), run: move(-1) },
    { keys: "Enter", label: t("key.open"), run: open },
    { keys: "c", label: t("key.call"), run: () => call(selected?.phone) },
    { keys: "l", label: t("key.log"), run: () => setLogging(selected !== undefined) },
    { keys: "r", label: t("key.relay"), run: ask },
  ]);

  const logged = () => {
    setLogging(false);
    void say(t("logged", { name: selected?.name ?? "" }));
    const following = items[place + 1] ?? items[place - 1];
    setSelectedId(following?.customerId ?? null);
    void client.invalidateQueries({ queryKey: keys.home.all(workspace) });
  };

  return (
    <div className="flex min-h-dvh flex-col">
      <PageHead
        title={t("title")}
        statement={
          <>
            <strong className="font-550 text-ink-1">
              {t("statement_waiting", { count: count(queue, "unanswered") })}
            </strong>{" "}
            {t("statement_rest", {
              off: count(queue, "off_track"),
              due: count(queue, "due_today"),
              waiting: count(queue, "waiting"),
              quiet: queue?.onTrack ?? 0,
            })}
          </>
        }
      >
        {digest}
        <p className="text-14 text-ink-2">
          <DateTime at={new Date(now).toISOString()} zone={timeZone} />
        </p>
      </PageHead>
      {toPutRight}
      <div
        className={cn(
          "grid min-w-0 flex-1 grid-cols-[minmax(0,1fr)]",
          selected && "xl:grid-cols-[minmax(0,1fr)_--spacing(91)]",
        )}
      >
        <ListFrame
          isLoading={queue === undefined && !error}
          error={error ? errorOf(error) : null}
          onRetry={() => void refetch()}
          isEmpty={false}
          empty={null}
        >
          {queue ? (
            <HomeList
              workspace={workspace}
              queue={queue}
              now={now}
              selectedId={selected?.customerId ?? null}
              onSelect={(item) => setSelectedId(item.customerId)}
              emptyAction={
                can(roles, "imports.run") ? (
                  <LinkButton href={paths.newImport(workspace)} prefetch={false}>
                    {t("import")}
                  </LinkButton>
                ) : (
                  <LinkButton href={paths.customers(workspace)} prefetch={false}>
                    {t("see_customers")}
                  </LinkButton>
                )
              }
            />
          ) : null}
        </ListFrame>
        {selected ? (
          <Peek workspace={workspace} item={selected} now={now} onLog={() => setLogging(true)} onAsk={ask} />
        ) : null}
      </div>
      <KeyLine />
      {isLogging && selected ? (
        <LogDialog workspace={workspace} item={selected} onClose={() => setLogging(false)} onLogged={logged} />
      ) : null}
    </div>
  );
}

/** Hands the number to whatever places calls on this machine. */
function call(phone: string | null | undefined): void {
  if (phone) window.location.assign(`tel:${phone}`);
}

function KeyLine() {
  const t = useTranslations("home");
  const line = [
    ["J", "key.down"],
    ["K", "key.up"],
    ["↵", "key.open"],
    ["C", "key.call"],
    ["L", "key.log"],
    ["R", "key.relay"],
    ["⌘K", "key.anything"],
    ["?", "key.all"],
  ] as const;
  return (
    <p className="no-print sticky bottom-0 hidden gap-4 border-hairline border-t bg-sheet px-7 py-2 text-12 text-ink-3 md:flex">
      {line.map(([key, label]) => (
        <span key={key} className="flex items-center gap-1.5">
          <Kbd>{key}</Kbd> {t(label)}
        </span>
      ))}
    </p>
  );
}
