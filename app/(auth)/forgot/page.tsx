import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { AuthPage } from "@/components/auth/auth-page";
import { ForgotForm } from "@/components/auth/forgot-form";
import { Preferences } from "@/components/shell/preferences";
import { Messages } from "@/components/ui/messages";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("auth"))("forgot.title") };
}

export default async function ForgotPage() {
  const t = await getTranslations("auth");
  return (
    <Messages namespaces={["auth", "shell"]}>
      <AuthPage title={t("forgot.title")} note={t("forgot.note")}>
        <ForgotForm />
        <Preferences />
      </AuthPage>
    </Messages>
  );
}
