"use client";

import { Eye, type LucideIcon, Mail, MessageSquare, Phone, Reply, Send, SquarePlus } from "lucide-react";
import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { apart } from "@/components/ui/apart";
import { Clock } from "@/components/ui/clock";
import { cn } from "@/components/ui/cn";
import { Kbd } from "@/components/ui/kbd";
import { SmallWheel } from "@/components/ui/small-wheel";
import { clockWords, ratioOf } from "@/components/ui/time-words";
import type { ConsentState, QueueItem } from "@/lib/home/schema";
import { paths } from "@/lib/paths";

const signs: Record<QueueItem["action"], LucideIcon> = {
  call: Phone,
  reply: Reply,
  text: MessageSquare,
  email: Mail,
  relay: Send,
  ask_again: Send,
  confirm: Reply,
  review: Eye,
  set_next: SquarePlus,
  look: Eye,
};

/** The key that begins what the row proposes. */
const keyOf: Record<QueueItem["action"], string> = {
  call: "C",
  reply: "L",
  text: "L",
  email: "L",
  relay: "R",
  ask_again: "R",
  confirm: "L",
  review: "↵",
  set_next: "↵",
  look: "↵",
};

type Props = { workspace: string; item: QueueItem; now: number; isSelected: boolean; onSelect: () => void };

/** One customer who needs somebody now: clock, wheel, who, why, what to do, how she may be reached. */
export function QueueRow({ workspace, item, now, isSelected, onSelect }: Props) {
  const t = useTranslations("home");
  const common = useTranslations("common");
  const Sign = signs[item.action];
  const { clock } = item;
  const spoke = useLocale() === "he" && item.baton.nameHe ? item.baton.nameHe : item.baton.name;
  return (
    <li
      data-customer={item.customerId}
      aria-current={isSelected ? "true" : undefined}
      onMouseDown={onSelect}
      className={cn(
        "relative grid h-row cursor-default grid-cols-[30px_minmax(0,1fr)_auto] items-center gap-x-3 border-hairline border-t px-4 py-2 md:py-1 md:grid-cols-[80px_30px_minmax(146px,.55fr)_minmax(0,1.5fr)] md:px-7 lg:grid-cols-[80px_30px_minmax(146px,.55fr)_minmax(0,1.5fr)_150px_62px]",
        isSelected
          ? "bg-selected before:absolute before:inset-y-0 before:start-0 before:w-0.75 before:bg-accent"
          : "hover:bg-hover",
      )}
    >
      <span className="max-md:order-3">
        {clock ? (
          <Clock
            ratio={ratioOf(clock.startedAt, clock.dueAt, now)}
            text={clockWords(new Date(clock.dueAt).getTime(), now, common)}
          />
        ) : null}
      </span>
      <SmallWheel
        involved={item.involved}
        baton={item.baton.position}
        isLate={item.isLate}
        className="max-md:order-1"
      />
      <span className="min-w-0 max-md:order-2">
        <Link
          href={paths.customer(workspace, item.customerId)}
          prefetch={false}
          className="block truncate font-550 text-13"
          tabIndex={isSelected ? 0 : -1}
        >
          <bdi>{item.name}</bdi>
        </Link>
        <span className="block truncate text-12 text-ink-3 max-md:hidden">
          {[item.place ?? "", item.stageName].filter(Boolean).map(apart).join(", ")}
        </span>
        <span dir="auto" className="block truncate text-13 md:hidden">
          <Reason item={item} />
        </span>
        <span className="block truncate text-12 text-ink-3 md:hidden">
          {t("baton", { spoke, person: apart(item.baton.personName ?? common("nobody")) })}
        </span>
      </span>
      <span className="min-w-0 max-md:hidden">
        <span dir="auto" className="block truncate text-13">
          <Reason item={item} />
        </span>
        <span className="block truncate text-12 text-ink-3">
          {t("baton", { spoke, person: apart(item.baton.personName ?? common("nobody")) })}
          {item.recovery ? `. ${t("row_step", { done: item.recovery.done + 1, total: item.recovery.total })}` : ""}
        </span>
      </span>
      <span
        className={cn(
          "hidden items-center gap-2 text-13 lg:flex",
          isSelected ? "font-550 text-accent-text" : "text-ink-2",
        )}
      >
        <Sign aria-hidden className="size-4 flex-none" strokeWidth={1.5} />
        <span className="truncate">{t(`action.${item.action}`)}</span>
        {isSelected ? <Kbd>{keyOf[item.action]}</Kbd> : null}
      </span>
      <Consents item={item} />
    </li>
  );
}

function Reason({ item }: { item: QueueItem }) {
  const t = useTranslations("home");
  const { kind, params, quote } = item.reason;
  if (quote) return `“${quote}”`;
  return (
    <>
      {t(`reason.${kind}`, {
        name: String(params.name ?? ""),
        medium: String(params.medium ?? ""),
        count: Number(params.count ?? 1),
      })}
    </>
  );
}

const colour: Record<ConsentState, string> = { granted: "text-ink-2", unknown: "text-ink-3", denied: "text-ink-3" };

function Consents({ item }: { item: QueueItem }) {
  const t = useTranslations("home");
  const ways = [
    { key: "phone", Icon: Phone, isThere: item.phone !== null },
    { key: "sms", Icon: MessageSquare, isThere: item.phone !== null },
    { key: "email", Icon: Mail, isThere: item.email !== null },
  ] as const;
  return (
    <span className="hidden gap-1.5 lg:flex">
      {ways.map(({ key, Icon, isThere }) => {
        const isAllowed = isThere && item.consents[key] !== "denied";
        return (
          <span key={key} className={cn("relative", colour[item.consents[key]])}>
            <Icon aria-hidden className="size-4" strokeWidth={1.5} />
            {isAllowed ? null : (
              <svg aria-hidden viewBox="0 0 16 16" className="absolute inset-0 size-4">
                <path d="M1 15L15 1" stroke="currentColor" strokeWidth="1.5" />
              </svg>
            )}
            <span className="sr-only">{t(isAllowed ? `may.${key}` : `may_not.${key}`)}</span>
          </span>
        );
      })}
    </span>
  );
}
