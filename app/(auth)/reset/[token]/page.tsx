import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { AuthPage } from "@/components/auth/auth-page";
import { ResetForm } from "@/components/auth/reset-form";
import { Preferences } from "@/components/shell/preferences";
import { LinkButton } from "@/components/ui/link-button";
import { Messages } from "@/components/ui/messages";
import { holdsReset } from "@/lib/auth/password-reset";
import { paths } from "@/lib/paths";

// The address carries a secret: no search engine keeps it.
export async function generateMetadata(): Promise<Metadata> {
  const title = (await getTranslations("auth"))("reset.title");
  return { title, robots: { index: false } };
}

export default async function ResetPage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params;
  const isOpen = await holdsReset(token);
  const t = await getTranslations("auth");
  return (
    <Messages namespaces={["auth", "shell"]}>
      <AuthPage title={t("reset.title")} {...(isOpen ? {} : { note: t("reset.gone") })}>
        {isOpen ? (
          <ResetForm secret={token} />
        ) : (
          <LinkButton href={paths.forgot()} size="touch">
            {t("reset.again")}
          </LinkButton>
        )}
        <Preferences />
      </AuthPage>
    </Messages>
  );
}
