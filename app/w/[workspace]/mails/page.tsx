import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { MailList } from "@/components/mails/mail-list";
import { EmptyState } from "@/components/ui/empty-state";
import { Messages } from "@/components/ui/messages";
import { PageHead } from "@/components/ui/page-head";
import { listMails } from "@/lib/email/outbox";
import { load } from "@/lib/server/page";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("mails"))("title") };
}

export default async function MailsPage({ params }: { params: Promise<{ workspace: string }> }) {
  const { workspace } = await params;
  const { mails } = await load(workspace, listMails);
  const t = await getTranslations("mails");
  return (
    <Messages namespaces={["mails"]}>
      <PageHead title={t("title")} statement={t("statement")} />
      {mails.length > 0 ? <MailList mails={mails} /> : <EmptyState title={t("empty")}>{t("empty_hint")}</EmptyState>}
    </Messages>
  );
}
