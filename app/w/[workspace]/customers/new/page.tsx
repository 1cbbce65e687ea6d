import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { NewCustomerForm } from "@/components/customers/new-customer-form";
import { Messages } from "@/components/ui/messages";
import { PageHead } from "@/components/ui/page-head";
import { requirePermission } from "@/lib/auth/permissions";
import type { Context } from "@/lib/context";
import { load } from "@/lib/server/page";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("customers"))("form.title") };
}

async function check(ctx: Context) {
  requirePermission(ctx, "customers.edit");
}

export default async function NewCustomerPage({ params }: { params: Promise<{ workspace: string }> }) {
  const { workspace } = await params;
  await load(workspace, check);
  const t = await getTranslations("customers");
  return (
    <Messages namespaces={["customers"]}>
      <PageHead title={t("form.title")} statement={t("form.statement")} />
      <NewCustomerForm workspace={workspace} locale={await getLocale()} />
    </Messages>
  );
}
