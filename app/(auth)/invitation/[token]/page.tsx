import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { AuthPage } from "@/components/auth/auth-page";
import { InvitationForm } from "@/components/auth/invitation-form";
import { Preferences } from "@/components/shell/preferences";
import { LinkButton } from "@/components/ui/link-button";
import { Messages } from "@/components/ui/messages";
import { signOut } from "@/lib/auth/actions";
import { readUser } from "@/lib/auth/context";
import { readInvitation } from "@/lib/members/accept";
import { paths } from "@/lib/paths";

// The address carries a secret: no search engine keeps it.
export async function generateMetadata(): Promise<Metadata> {
  return { title: "Wheelhouse", robots: { index: false } };
}

export default async function InvitationPage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params;
  const user = await readUser();
  const welcome = await readInvitation(token, user && !user.boundTo ? user : null);
  const t = await getTranslations("auth");
  if (!welcome)
    return (
      <Messages namespaces={["auth", "shell"]}>
        <AuthPage title={t("invitation.gone_title")} note={t("invitation.gone")}>
          <LinkButton href={paths.signIn()} size="touch">
            {t("forgot.back")}
          </LinkButton>
          <Preferences />
        </AuthPage>
      </Messages>
    );
  const { workspace, email, name, way } = welcome;
  const isOther = user !== null && user.email !== email;
  return (
    <Messages namespaces={["auth", "shell"]}>
      <AuthPage title={t("invitation.title", { workspace })} note={t("invitation.note", { email })}>
        {isOther ? <p className="text-13 text-ink-2">{t("invitation.other", { email: user.email })}</p> : null}
        {way === "reset" ? (
          <>
            <p className="text-14">{t("invitation.reset_note")}</p>
            <LinkButton href={paths.forgot()} kind="primary" size="touch">
              {t("invitation.reset_do")}
            </LinkButton>
          </>
        ) : (
          <InvitationForm token={token} name={name} way={way} />
        )}
        {user ? <Preferences signOut={signOut} /> : <Preferences />}
      </AuthPage>
    </Messages>
  );
}
