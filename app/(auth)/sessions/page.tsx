import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { AuthPage } from "@/components/auth/auth-page";
import { PasswordForm } from "@/components/auth/password-form";
import { SessionList } from "@/components/auth/session-list";
import { Preferences } from "@/components/shell/preferences";
import { LinkButton } from "@/components/ui/link-button";
import { Messages } from "@/components/ui/messages";
import { SectionHead } from "@/components/ui/section-head";
import { signOut } from "@/lib/auth/actions";
import { readUser } from "@/lib/auth/context";
import { listSessions } from "@/lib/auth/sessions";
import { paths } from "@/lib/paths";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("auth"))("sessions.account") };
}

export default async function SessionsPage() {
  const user = await readUser();
  if (!user) redirect(paths.signIn(paths.sessions()));
  const sessions = await listSessions(user);
  const t = await getTranslations("auth");
  return (
    <Messages namespaces={["auth", "shell"]}>
      <AuthPage title={t("sessions.account")} note={user.email}>
        <section>
          <SectionHead title={t("sessions.title")} />
          <SessionList sessions={sessions} />
        </section>
        <section>
          <SectionHead title={t("sessions.password_title")} />
          {user.hasPassword ? <PasswordForm /> : <p className="text-14 text-ink-2">{t("sessions.no_password")}</p>}
        </section>
        <LinkButton href={paths.root()} size="touch">
          {t("sessions.back")}
        </LinkButton>
        <Preferences signOut={signOut} />
      </AuthPage>
    </Messages>
  );
}
