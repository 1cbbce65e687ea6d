import { redirect } from "next/navigation";
import { readUser } from "@/lib/auth/context";
import { paths } from "@/lib/paths";
import { listMyWorkspaces } from "@/lib/workspaces/mine";

export default async function RootPage() {
  const user = await readUser();
  if (!user) redirect(paths.signIn());
  const workspaces = await listMyWorkspaces(user.userId, user.boundTo);
  const only = workspaces.length === 1 ? workspaces[0] : undefined;
  redirect(only ? paths.home(only.slug) : paths.workspaces());
}
