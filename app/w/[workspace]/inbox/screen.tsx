"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { type RefObject, useRef, useState } from "react";
import { AppointmentActions } from "@/components/appointments/appointment-actions";
import { InboxRow } from "@/components/inbox/inbox-row";
import { useInbox } from "@/components/inbox/use-inbox";
import { PromiseActions } from "@/components/promises/promise-actions";
import { RelayAnswer } from "@/components/relays/relay-answer";
import { useShortcuts } from "@/components/shell/shortcuts";
import { TaskActions } from "@/components/tasks/task-actions";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { EmptyState } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/link-button";
import { ListFrame } from "@/components/ui/list-frame";
import { PageHead } from "@/components/ui/page-head";
import { Select } from "@/components/ui/select";
import { useNow } from "@/components/ui/use-now";
import { useSearch } from "@/components/ui/use-search";
import type { Inbox, InboxItem } from "@/lib/inbox/schema";
import { paths } from "@/lib/paths";
import { keys } from "@/lib/query-keys";
import { errorOf } from "@/lib/request";
import { filterOf } from "./filter";

type Props = { workspace: string; now: string; zone: string };

const isLate = (item: InboxItem, now: number) => item.dueAt !== null && new Date(item.dueAt).getTime() < now;

/** What a department owes, worked through by keyboard: j and k move, a answers, Enter opens the customer. */
export function InboxScreen({ workspace, now: serverNow, zone }: Props) {
  const t = useTranslations("inbox");
  const locale = useLocale();
  const router = useRouter();
  const client = useQueryClient();
  const [asked, ask] = useSearch();
  const search = new URLSearchParams(asked);
  const now = useNow(serverNow, 5);
  const isMine = search.get("mine") === "1";
  const filter = filterOf(search.get("spoke"), isMine);
  const { data: inbox, error, refetch } = useInbox(workspace, filter);
  const [selectedId, setSelectedId] = useState<string | null>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  const items = inbox?.items ?? [];
  const place = Math.max(
    0,
    items.findIndex(({ id }) => id === selectedId),
  );
  const selected = items[place];

  const show = (spoke: string | null | undefined, mine: boolean) => ask(filterOf(spoke, mine));
  const move = (by: number) => () => {
    const next = items[Math.min(items.length - 1, Math.max(0, place + by))];
    if (next) setSelectedId(next.id);
  };
  const act = () => {
    if (!selected) return;
    setSelectedId(selected.id);
    if (selected.kind === "relay") field.current?.focus();
    else document.querySelector<HTMLElement>(`[data-item="${selected.id}"] [data-kind="text"]`)?.focus();
  };
  useShortcuts([
    { keys: "j", label: t("key.down"), run: move(1) },
    { keys: "k", label: t("key.up"), run: move(-1) },
    { keys: "a", label: t("key.answer"), run: act },
    {
      keys: "Enter",
      label: t("key.open"),
      run: () => (selected?.canOpen ? router.push(paths.customer(workspace, selected.customerId)) : undefined),
    },
  ]);
  const done = () => {
    const following = items[place + 1] ?? items[place - 1];
    setSelectedId(following?.id ?? null);
    void client.invalidateQueries({ queryKey: keys.inbox.all(workspace) });
  };
  const nameOf = (spoke: Inbox["spoke"]) => (locale === "he" && spoke.nameHe ? spoke.nameHe : spoke.name);
  const spokeName = inbox ? nameOf(inbox.spoke) : "";

  return (
    <div className="min-h-dvh pb-10">
      <PageHead
        title={t("title")}
        statement={
          inbox ? (
            <>
              <strong className="font-550 text-ink-1">{t("owes", { count: items.length, spoke: spokeName })}</strong>{" "}
              {items.length > 0 ? t("late", { count: items.filter((item) => isLate(item, now)).length }) : null}
            </>
          ) : null
        }
      >
        {inbox && inbox.spokes.length > 1 ? (
          <Select
            aria-label={t("whose")}
            value={inbox.spoke.key}
            onChange={(event) => show(event.target.value, isMine)}
            options={inbox.spokes.map((spoke) => ({ value: spoke.key, label: nameOf(spoke) }))}
          />
        ) : null}
        <Checkbox
          label={t("mine")}
          checked={isMine}
          onChange={(event) => show(search.get("spoke"), event.target.checked)}
        />
      </PageHead>
      <ListFrame
        isLoading={inbox === undefined && !error}
        error={error && !inbox ? errorOf(error) : null}
        onRetry={() => void refetch()}
        isEmpty={items.length === 0}
        empty={
          <EmptyState
            title={isMine ? t("empty_mine") : t("empty", { spoke: spokeName })}
            action={
              isMine ? (
                <Button onClick={() => show(search.get("spoke"), false)}>{t("show_all")}</Button>
              ) : (
                <LinkButton href={paths.customers(workspace)} prefetch={false}>
                  {t("see_customers")}
                </LinkButton>
              )
            }
          >
            {t("empty_hint")}
          </EmptyState>
        }
      >
        <ul aria-label={t("list", { spoke: spokeName })} className="border-hairline border-b">
          {items.map((item) => (
            <InboxRow
              key={item.id}
              workspace={workspace}
              item={item}
              now={now}
              isSelected={item.id === selected?.id}
              onSelect={() => setSelectedId(item.id)}
            >
              <ItemActions workspace={workspace} item={item} now={now} zone={zone} field={field} onDone={done} />
            </InboxRow>
          ))}
        </ul>
        {inbox?.hasMore ? <p className="px-4 pt-3 text-12 text-ink-3 md:px-7">{t("more")}</p> : null}
      </ListFrame>
    </div>
  );
}

type ItemProps = {
  workspace: string;
  item: InboxItem;
  now: number;
  zone: string;
  field: RefObject<HTMLTextAreaElement | null>;
  onDone: () => void;
};

function ItemActions({ workspace, item, now, zone, field, onDone }: ItemProps) {
  const t = useTranslations("inbox");
  switch (item.kind) {
    case "relay":
      return <RelayAnswer key={item.id} workspace={workspace} relay={item} field={field} onDone={onDone} />;
    case "task":
      return <TaskActions workspace={workspace} task={{ ...item, kind: item.detail }} onDone={onDone} />;
    case "promise":
      return <PromiseActions workspace={workspace} promise={item} zone={zone} onDone={onDone} />;
    case "appointment":
      return (
        <AppointmentActions
          workspace={workspace}
          appointment={{ id: item.id, state: item.state, startAt: item.startedAt, version: item.version }}
          now={now}
          onDone={onDone}
        />
      );
    case "touchpoint":
      return item.canOpen ? (
        <LinkButton href={paths.customer(workspace, item.customerId)} prefetch={false}>
          {t("open")}
        </LinkButton>
      ) : null;
  }
}
