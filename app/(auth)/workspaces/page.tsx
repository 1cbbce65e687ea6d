import type { Metadata } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { AuthPage } from "@/components/auth/auth-page";
import { Preferences } from "@/components/shell/preferences";
import { Messages } from "@/components/ui/messages";
import { signOut } from "@/lib/auth/actions";
import { readUser } from "@/lib/auth/context";
import { paths } from "@/lib/paths";
import { listMyWorkspaces } from "@/lib/workspaces/mine";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("auth"))("workspaces.title") };
}

export default async function WorkspacesPage() {
  const user = await readUser();
  if (!user) redirect(paths.signIn("/workspaces"));
  const workspaces = await listMyWorkspaces(user.userId, user.boundTo);
  const t = await getTranslations("auth");
  return (
    <Messages namespaces={["auth", "shell"]}>
      <AuthPage title={t("workspaces.title")} note={workspaces.length === 0 ? t("workspaces.none") : user.email}>
        <ul>
          {workspaces.map(({ slug, name }) => (
            <li key={slug} className="border-hairline border-t last:border-b">
              <Link href={paths.home(slug)} className="flex min-h-11 items-center px-1 font-550 text-16 hover:bg-hover">
                <bdi>{name}</bdi>
              </Link>
            </li>
          ))}
        </ul>
        <Link href={paths.sessions()} className="text-13 text-accent-text hover:underline">
          {t("sessions.title")}
        </Link>
        <Preferences signOut={signOut} />
      </AuthPage>
    </Messages>
  );
}
