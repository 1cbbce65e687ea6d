import Link from "next/link";
import { getLocale, getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { LiveProvider } from "@/components/live/live-provider";
import { QueryProvider } from "@/components/query-provider";
import { AppShell } from "@/components/shell/app-shell";
import { navOf } from "@/components/shell/nav";
import { Preferences } from "@/components/shell/preferences";
import { Messages } from "@/components/ui/messages";
import { Meter } from "@/components/ui/meter";
import { signOut } from "@/lib/auth/actions";
import type { Context } from "@/lib/context";
import { getMyLoad } from "@/lib/members/load-queries";
import { countUnread } from "@/lib/notifications/queries";
import { paths } from "@/lib/paths";
import { load } from "@/lib/server/page";
import { getWorkspaceName } from "@/lib/workspaces/queries";

async function readFrame(ctx: Context) {
  const [myLoad, name, { unread }] = await Promise.all([
    ctx.roles.includes("osc") ? getMyLoad(ctx) : null,
    getWorkspaceName(ctx),
    countUnread(ctx),
  ]);
  return { roles: ctx.roles, isDemo: ctx.isDemo, now: ctx.now.getTime(), name, myLoad, unread };
}

type Props = { children: ReactNode; params: Promise<{ workspace: string }> };

export default async function WorkspaceLayout({ children, params }: Props) {
  const { workspace } = await params;
  const { roles, isDemo, now, name, myLoad, unread } = await load(workspace, readFrame);
  const t = await getTranslations("shell");
  const locale = await getLocale();
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
  const foot = (
    <>
      {myLoad ? (
        <Link href={paths.load(workspace)} prefetch={false} className="grid min-h-7 gap-1 text-12 text-ink-2">
          <span className="flex justify-between">
            {t("load")}
            <span className="num">
              {t("load_of", { load: number.format(myLoad.load), capacity: number.format(myLoad.capacity) })}
            </span>
          </span>
          <Meter share={myLoad.utilisation} level={myLoad.level} label={t("load")} />
        </Link>
      ) : null}
      <Link
        href={paths.workspaces()}
        prefetch={false}
        className="block py-1 text-balance text-12 text-ink-3 hover:underline"
        title={t("switch")}
      >
        <bdi>{name}</bdi>
      </Link>
      <Preferences signOut={signOut} />
    </>
  );
  const nav = navOf(workspace, roles, isDemo, (key) => t(`nav.${key}`), { notifications: unread });
  return (
    <QueryProvider>
      <LiveProvider workspace={workspace} since={now}>
        <Messages namespaces={["shell"]}>
          <AppShell workspace={workspace} nav={nav} foot={foot}>
            {children}
          </AppShell>
        </Messages>
      </LiveProvider>
    </QueryProvider>
  );
}
