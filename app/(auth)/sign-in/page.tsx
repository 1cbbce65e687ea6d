import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { AuthPage } from "@/components/auth/auth-page";
import { SignInForm } from "@/components/auth/sign-in-form";
import { Preferences } from "@/components/shell/preferences";
import { Messages } from "@/components/ui/messages";
import { readUser } from "@/lib/auth/context";
import { isLocalPath, paths } from "@/lib/paths";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("auth"))("sign_in.title") };
}

export default async function SignInPage({ searchParams }: { searchParams: Promise<{ back?: string }> }) {
  const { back } = await searchParams;
  if (await readUser()) redirect(paths.root());
  const t = await getTranslations("auth");
  return (
    <Messages namespaces={["auth", "shell"]}>
      <AuthPage title={t("sign_in.title")} note={t("sign_in.note")}>
        <SignInForm back={back && isLocalPath(back) ? back : "/"} />
        <Preferences />
      </AuthPage>
    </Messages>
  );
}
