import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { AuthPage } from "@/components/auth/auth-page";
import { ProviderButtons } from "@/components/auth/provider-buttons";
import { SignInForm } from "@/components/auth/sign-in-form";
import { Preferences } from "@/components/shell/preferences";
import { Messages } from "@/components/ui/messages";
import { localPathOf } from "@/lib/auth/back";
import { readUser } from "@/lib/auth/context";
import { listProviders } from "@/lib/auth/oidc";
import { paths } from "@/lib/paths";

type Search = Partial<Record<"back" | "callbackUrl" | "workspace" | "error", string | string[]>>;
type Props = { searchParams: Promise<Search> };

/** Where to go after signing in: where one came from, on this site. */
function targetOf({ back, callbackUrl }: Search): string {
  const [wanted = "/"] = [back, callbackUrl].filter((each): each is string => typeof each === "string");
  return localPathOf(wanted) ?? "/";
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("auth"))("sign_in.title") };
}

export default async function SignInPage({ searchParams }: Props) {
  const search = await searchParams;
  const { workspace, error } = search;
  if (await readUser()) redirect(paths.root());
  const target = targetOf(search);
  const slug = typeof workspace === "string" ? workspace : /^\/w\/([a-z0-9-]+)/.exec(target)?.[1];
  const providers = slug ? await listProviders(slug) : [];
  const t = await getTranslations("auth");
  return (
    <Messages namespaces={["auth", "shell"]}>
      <AuthPage title={t("sign_in.title")} note={t("sign_in.note")}>
        <ProviderButtons providers={providers} back={target} problem={error ? t("sign_in.refused_any") : null} />
        <SignInForm back={target} />
        <Preferences />
      </AuthPage>
    </Messages>
  );
}
