import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { CalendarForm } from "@/components/settings/calendar-form";
import { Messages } from "@/components/ui/messages";
import { PageHead } from "@/components/ui/page-head";
import { SectionHead } from "@/components/ui/section-head";
import type { Context } from "@/lib/context";
import { load } from "@/lib/server/page";
import { listCalendars } from "@/lib/workspaces/queries";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("settings"))("calendars.title") };
}

const readPage = async (ctx: Context) => ({ calendars: await listCalendars(ctx), timeZone: ctx.timeZone });

export default async function CalendarsPage({ params }: { params: Promise<{ workspace: string }> }) {
  const { workspace } = await params;
  const { calendars, timeZone } = await load(workspace, readPage);
  const t = await getTranslations("settings");
  return (
    <Messages namespaces={["settings"]}>
      <PageHead title={t("calendars.title")} statement={t("calendars.statement")} />
      <div className="px-4 pb-10 md:px-7">
        {calendars.map((calendar) => (
          <section key={calendar.id}>
            <SectionHead title={calendar.name} />
            <CalendarForm workspace={workspace} timeZone={timeZone} calendar={calendar} />
          </section>
        ))}
        <SectionHead title={t("calendars.new")} />
        <CalendarForm workspace={workspace} timeZone={timeZone} />
      </div>
    </Messages>
  );
}
