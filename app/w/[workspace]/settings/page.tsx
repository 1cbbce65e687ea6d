import {
  BadgeCheck,
  CalendarDays,
  ClipboardList,
  Compass,
  Handshake,
  ImageUp,
  KeyRound,
  ListChecks,
  LogIn,
  type LucideIcon,
  MessageCircleQuestion,
  ReceiptText,
  Sparkle,
  Tags,
  UserRound,
  Users,
} from "lucide-react";
import type { Metadata, Route } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { PageHead } from "@/components/ui/page-head";
import { type Capability, can } from "@/lib/auth/permissions";
import type { Context } from "@/lib/context";
import { paths } from "@/lib/paths";
import { load } from "@/lib/server/page";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("settings"))("title") };
}

type Place = { key: string; icon: LucideIcon; to: (slug: string) => Route; needs: Capability };

const places: readonly Place[] = [
  { key: "members", icon: Users, to: paths.members, needs: "members.manage" },
  { key: "workspace", icon: Compass, to: paths.workspaceSettings, needs: "settings.edit" },
  { key: "calendars", icon: CalendarDays, to: paths.calendars, needs: "settings.edit" },
  { key: "departments", icon: Tags, to: paths.departments, needs: "settings.edit" },
  { key: "standards", icon: BadgeCheck, to: paths.standards, needs: "views.use" },
  { key: "surveys", icon: MessageCircleQuestion, to: paths.surveys, needs: "responses.record" },
  { key: "moments", icon: Sparkle, to: paths.moments, needs: "views.use" },
  { key: "scorecards", icon: ListChecks, to: paths.scorecards, needs: "evaluations.judge" },
  { key: "scenarios", icon: Handshake, to: paths.scenarios, needs: "views.use" },
  { key: "prices", icon: ReceiptText, to: paths.prices, needs: "prices.edit" },
  { key: "signOn", icon: LogIn, to: paths.signOn, needs: "settings.edit" },
  { key: "keys", icon: KeyRound, to: paths.keys, needs: "keys.manage" },
  { key: "audit", icon: ClipboardList, to: paths.audit, needs: "audit.read" },
  { key: "profile", icon: ImageUp, to: paths.profile, needs: "views.use" },
  { key: "account", icon: UserRound, to: () => paths.sessions(), needs: "views.use" },
];

const readRoles = async (ctx: Context) => ctx.roles;

export default async function SettingsPage({ params }: { params: Promise<{ workspace: string }> }) {
  const { workspace } = await params;
  const roles = await load(workspace, readRoles);
  const t = await getTranslations("settings");
  return (
    <>
      <PageHead title={t("title")} statement={t("statement")} />
      <ul className="px-4 pb-10 md:px-7">
        {places
          .filter(({ needs }) => can(roles, needs))
          .map(({ key, icon: Icon, to }) => (
            <li key={key} className="border-hairline border-b">
              <Link
                href={to(workspace)}
                prefetch={false}
                className="flex min-h-14 items-center gap-4 px-1 py-2 hover:bg-hover"
              >
                <Icon aria-hidden className="size-4 flex-none text-ink-3" strokeWidth={1.5} />
                <span>
                  <span className="block font-550 text-14">{t(`places.${key}.name`)}</span>
                  <span className="block text-12 text-ink-3">{t(`places.${key}.note`)}</span>
                </span>
              </Link>
            </li>
          ))}
      </ul>
    </>
  );
}
