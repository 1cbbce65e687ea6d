"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import {
  ArrowRight,
  Calendar,
  Flag,
  type LucideIcon,
  Mail,
  MapPin,
  MessageSquare,
  NotebookPen,
  Phone,
  Quote,
  Send,
  ShieldCheck,
  Video,
  Waypoints,
} from "lucide-react";
import type { Route } from "next";
import { useLocale, useTranslations } from "next-intl";
import { Fragment } from "react";
import { apart } from "@/components/ui/apart";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { DateTime } from "@/components/ui/date-time";
import { EmptyState } from "@/components/ui/empty-state";
import { ListFrame } from "@/components/ui/list-frame";
import { SpokeCode } from "@/components/ui/spoke-code";
import type { HubSpoke, Timeline as Page, TimelineItem } from "@/lib/hub/schema";
import { paths } from "@/lib/paths";
import { keys } from "@/lib/query-keys";
import { errorOf, readJson } from "@/lib/request";
import { SaidMark } from "./said-mark";
import { StandardMark, type StandardOfLine } from "./standard-mark";
import { spokeName } from "./to-wheel-view";

export type TimelineFilter = { kind: string; spokeId: string; medium: string; personId: string };

type Props = {
  workspace: string;
  customerId: string;
  spokes: readonly HubSpoke[];
  filter: TimelineFilter;
  first: Page;
  zone: string;
  /** Where a contact is judged, for those who judge. */
  judgeAt?: (interactionId: string) => Route;
};

const isPlain = (filter: TimelineFilter) =>
  filter.kind === "all" && !filter.spokeId && !filter.medium && !filter.personId;

/** Everything that happened, newest first, by day; fifty lines at a time. */
export function Timeline({ workspace, customerId, spokes, filter, first, zone, judgeAt }: Props) {
  const t = useTranslations("hub");
  const common = useTranslations("common");
  const { data, error, refetch, fetchNextPage, hasNextPage, isFetchingNextPage } = useInfiniteQuery({
    queryKey: keys.timeline.one(workspace, customerId, filter),
    initialPageParam: "",
    queryFn: ({ pageParam, signal }) => {
      const search = new URLSearchParams(
        Object.entries({ ...filter, before: pageParam }).filter(([, value]) => value !== ""),
      );
      return readJson<Page>(paths.api(workspace, `/timeline/${customerId}?${search}`), signal);
    },
    getNextPageParam: (page) => page.nextCursor,
    ...(isPlain(filter) ? { initialData: { pages: [first], pageParams: [""] } } : {}),
  });
  const items = data?.pages.flatMap((page) => page.items) ?? [];
  const days = new Intl.DateTimeFormat("en-CA", { timeZone: zone });
  return (
    <ListFrame
      isLoading={data === undefined && !error}
      error={error ? errorOf(error) : null}
      onRetry={() => void refetch()}
      isEmpty={items.length === 0}
      empty={<EmptyState title={t("timeline_empty")} />}
    >
      <ol aria-label={t("timeline")}>
        {items.map((item, index) => {
          const before = items[index - 1];
          const isNewDay = !before || days.format(new Date(before.at)) !== days.format(new Date(item.at));
          return (
            <Fragment key={item.id}>
              {isNewDay ? (
                <li className="pt-4 pb-1 font-550 text-12 text-ink-3">
                  <DateTime at={item.at} shape="date" zone={zone} />
                </li>
              ) : null}
              <Line item={item} spokes={spokes} zone={zone} judgeAt={judgeAt} />
            </Fragment>
          );
        })}
      </ol>
      {hasNextPage ? (
        <Button kind="text" isBusy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {common("more")}
        </Button>
      ) : null}
    </ListFrame>
  );
}

const media: Record<string, LucideIcon> = {
  phone: Phone,
  email: Mail,
  sms: MessageSquare,
  chat: MessageSquare,
  video: Video,
  onsite: MapPin,
  social: MessageSquare,
  portal: Mail,
  note: NotebookPen,
};
const kinds: Record<string, LucideIcon> = {
  stage: ArrowRight,
  relay: Send,
  promise: ShieldCheck,
  off_track: Flag,
  appointment: Calendar,
  relationship: Quote,
};

type LineProps = { item: TimelineItem; judgeAt: Props["judgeAt"] } & Pick<Props, "spokes" | "zone">;

function Line({ item, spokes, zone, judgeAt }: LineProps) {
  const t = useTranslations("hub");
  const common = useTranslations("common");
  const locale = useLocale();
  const { params } = item;
  const from = spokes.find(({ id }) => id === params.batonFrom);
  const to = spokes.find(({ id }) => id === params.batonTo);
  if (item.kind === "stage" && from && to && from.id !== to.id) {
    return (
      <li className="my-2 flex items-center gap-2 text-12 text-accent-text before:h-px before:flex-1 before:bg-accent after:h-px after:flex-1 after:bg-accent">
        {t("baton_moves", { from: spokeName(from, locale), to: spokeName(to, locale) })}
      </li>
    );
  }
  const Sign = item.kind === "interaction" ? (media[item.medium ?? ""] ?? Waypoints) : (kinds[item.kind] ?? Waypoints);
  const spoke = spokes.find(({ id }) => id === item.spokeId);
  const isLate = item.kind === "off_track" && params.state !== "recovered";
  const isVoice = item.kind === "interaction" && item.direction === "inbound" && item.text !== "";
  const title =
    item.kind === "interaction"
      ? item.text || t("contact", { medium: common(`media.${item.medium ?? "unknown"}`) })
      : titleOf(item, t);
  return (
    <li className="grid grid-cols-[40px_22px_minmax(0,1fr)] gap-x-1 py-1.5">
      <span className="num text-12 text-ink-3">
        <DateTime at={item.at} shape="time" zone={zone} />
      </span>
      <Sign aria-hidden className="mt-0.5 size-4 text-ink-3" strokeWidth={1.5} />
      <div className="min-w-0">
        <p
          className={cn(
            "whitespace-pre-line break-words text-13",
            isLate ? "font-550 text-bad" : "font-450",
            isVoice ? "said" : "",
          )}
          dir={item.kind === "interaction" ? "auto" : undefined}
        >
          {isVoice ? `“${title}”` : title}
        </p>
        {item.kind === "relationship" && item.text ? (
          <q dir="auto" className="said block text-13">
            {item.text}
          </q>
        ) : null}
        {item.kind === "relay" && typeof params.answer === "string" ? (
          <p className="text-13 text-ink-2">
            {t("answered", { answer: apart(params.answer), who: String(params.answeredBy ?? "") })}
          </p>
        ) : null}
        <div className="flex flex-wrap items-baseline gap-x-2 text-12 text-ink-3">
          {(isVoice || item.kind === "relationship") && typeof params.person === "string" ? (
            <bdi>{params.person}</bdi>
          ) : item.who ? (
            <bdi>{item.who}</bdi>
          ) : null}
          {item.kind === "interaction" ? <span>{common(`media.${item.medium ?? "unknown"}`)}</span> : null}
          {params.isLate === true ? <span>{t("said_late")}</span> : null}
          {item.isAutomated ? <span>{t("automated")}</span> : null}
          {spoke && spoke.position > 0 ? (
            <SpokeCode code={spoke.code} position={spoke.position} name={spokeName(spoke, locale)} />
          ) : null}
          {typeof params.felt === "string" ? <span>{t(`felt.${params.felt}`)}</span> : null}
          {typeof params.class === "string" ? <SaidMark tone={params.class} word={t(`said.${params.class}`)} /> : null}
          {params.standard ? (
            <StandardMark standard={params.standard as StandardOfLine} judgeAt={judgeAt ? judgeAt(item.id) : null} />
          ) : null}
        </div>
      </div>
    </li>
  );
}

function titleOf(item: TimelineItem, t: ReturnType<typeof useTranslations>): string {
  const { params } = item;
  switch (item.kind) {
    case "stage":
      return t(`cause.${String(params.cause)}`, {
        from: apart(String(params.from ?? "")),
        to: apart(String(params.to ?? "")),
      });
    case "off_track":
      return t(params.state === "recovered" ? "came_back" : "left_wheel", {
        what: t(`trigger.${String(params.trigger)}`),
      });
    case "promise":
      return t("promised", { text: apart(item.text) });
    case "relay":
      return t("asked", { text: apart(item.text) });
    case "relationship":
      return t("recommends", { nps: Number(params.nps) });
    default:
      return t("appointment_set", { place: apart(item.text) });
  }
}
