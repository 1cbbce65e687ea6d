import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ConnectionForm } from "@/components/settings/connection-form";
import { ConnectionList } from "@/components/settings/connection-list";
import { Messages } from "@/components/ui/messages";
import { PageHead } from "@/components/ui/page-head";
import { SectionHead } from "@/components/ui/section-head";
import { listConnections } from "@/lib/connections/queries";
import type { Context } from "@/lib/context";
import { publicOrigin } from "@/lib/env";
import { load } from "@/lib/server/page";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("settings"))("signOn.title") };
}

const readPage = async (ctx: Context) => ({ connections: await listConnections(ctx) });

export default async function SignOnPage({ params }: { params: Promise<{ workspace: string }> }) {
  const { workspace } = await params;
  const { connections } = await load(workspace, readPage);
  const t = await getTranslations("settings");
  return (
    <Messages namespaces={["settings"]}>
      <PageHead title={t("signOn.title")} statement={t("signOn.statement")} />
      <div className="px-4 pb-10 md:px-7">
        <SectionHead title={t("signOn.list")} />
        {connections.length > 0 ? (
          <>
            <p className="pb-2 text-13 text-ink-2">
              {t("signOn.address")}:{" "}
              <bdi className="break-all">{`${publicOrigin()}/sign-in?workspace=${workspace}`}</bdi>
            </p>
            <ConnectionList workspace={workspace} connections={connections} />
          </>
        ) : (
          <p className="text-13 text-ink-3">{t("signOn.empty")}</p>
        )}
        <SectionHead title={t("signOn.new")} />
        <ConnectionForm workspace={workspace} />
      </div>
    </Messages>
  );
}
