import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { SurveyForm } from "@/components/settings/survey-form";
import { Messages } from "@/components/ui/messages";
import { PageHead } from "@/components/ui/page-head";
import { getSurvey } from "@/lib/responses/queries";
import { load } from "@/lib/server/page";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("settings"))("surveys.title") };
}

export default async function SurveySettingsPage({ params }: { params: Promise<{ workspace: string }> }) {
  const { workspace } = await params;
  const settings = await load(workspace, getSurvey);
  const t = await getTranslations("settings");
  return (
    <Messages namespaces={["settings", "interactions"]}>
      <PageHead title={t("surveys.title")} statement={t("places.surveys.note")} />
      <div className="px-4 pb-10 md:px-7">
        <SurveyForm workspace={workspace} settings={settings} />
      </div>
    </Messages>
  );
}
