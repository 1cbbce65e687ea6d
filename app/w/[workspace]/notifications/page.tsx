import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { placeOf } from "@/components/notifications/place-of";
import { ReadAllButton } from "@/components/notifications/read-all-button";
import { apart } from "@/components/ui/apart";
import { DateTime } from "@/components/ui/date-time";
import { EmptyState } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/link-button";
import { Messages } from "@/components/ui/messages";
import { PageHead } from "@/components/ui/page-head";
import type { Context } from "@/lib/context";
import { countUnread, listNotifications } from "@/lib/notifications/queries";
import { NotificationsInput, type Told } from "@/lib/notifications/schema";
import { paths } from "@/lib/paths";
import { load } from "@/lib/server/page";

type Props = {
  params: Promise<{ workspace: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("notifications"))("title") };
}

async function readPage(ctx: Context, input: NotificationsInput) {
  const [list, { unread }] = await Promise.all([listNotifications(ctx, input), countUnread(ctx)]);
  return { ...list, unread, upTo: list.data[0]?.createdAt ?? ctx.now.toISOString() };
}

/** What others did that concerns the member, newest first; what she has not read stands out. */
export default async function NotificationsPage({ params, searchParams }: Props) {
  const { workspace } = await params;
  const asked = NotificationsInput.safeParse(await searchParams);
  const { data, nextCursor, unread, upTo } = await load(workspace, readPage, asked.data ?? {});
  const t = await getTranslations("notifications");
  return (
    <Messages namespaces={["notifications"]}>
      <PageHead title={t("title")} statement={t("statement", { count: unread })}>
        {unread > 0 ? <ReadAllButton workspace={workspace} upTo={upTo} /> : null}
      </PageHead>
      {data.length > 0 ? (
        <ul className="px-4 pt-2 pb-12 md:px-7">
          {data.map((told) => (
            <NotificationRow key={told.id} workspace={workspace} told={told} />
          ))}
        </ul>
      ) : (
        <EmptyState title={t("empty")}>{t("empty_hint")}</EmptyState>
      )}
      {nextCursor ? (
        <p className="px-4 pb-12 md:px-7">
          <LinkButton href={paths.notifications(workspace, new URLSearchParams({ cursor: nextCursor }).toString())}>
            {t("more")}
          </LinkButton>
        </p>
      ) : null}
    </Messages>
  );
}

async function NotificationRow({ workspace, told }: { workspace: string; told: Told }) {
  const t = await getTranslations("notifications");
  const { kind, customerId, customerName, createdAt, isRead } = told;
  const key = `kinds.${kind}`;
  if (!t.has(key)) return null;
  // Names of people stand apart from our words; a trigger is a word of ours.
  const params = Object.fromEntries(
    Object.entries(told.params).map(([name, value]) => [
      name,
      typeof value === "string" && name !== "trigger" ? apart(value) : value,
    ]),
  );
  return (
    <li className="grid gap-x-5 border-hairline border-b py-2 text-13 md:grid-cols-[9rem_minmax(0,1fr)]">
      <span className="num text-12 text-ink-3">
        <DateTime at={createdAt} />
      </span>
      <span className="flex min-w-0 items-baseline gap-2">
        <Link
          href={placeOf(workspace, kind, customerId)}
          prefetch={false}
          className={isRead ? "text-ink-2 hover:underline" : "font-550 text-ink-1 hover:underline"}
        >
          {t(key, { trigger: "", ...params, customer: apart(customerName) })}
        </Link>
        {isRead ? null : <span className="text-11 text-accent-text">{t("unread")}</span>}
      </span>
    </li>
  );
}
