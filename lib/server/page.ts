import { headers } from "next/headers";
import { notFound, redirect } from "next/navigation";
import { requireContext } from "../auth/context";
import type { Context } from "../context";
import { inWorkspace } from "../db";
import { AppError } from "../errors";
import { paths } from "../paths";

async function toSignIn(): Promise<never> {
  const back = (await headers()).get("x-pathname") ?? undefined;
  redirect(paths.signIn(back));
}

/**
 * Runs a page's reads as the signed-in member of the workspace. Without a session one is sent to sign in and comes back;
 * what is not there, or is another workspace's, is a 404; what the role may not see is the same 404.
 */
export async function load<T, Args extends unknown[]>(
  slug: string,
  query: (ctx: Context, ...args: Args) => Promise<T>,
  ...args: Args
): Promise<T> {
  try {
    const ctx = await requireContext(slug);
    return await inWorkspace(ctx.workspaceId, () => query(ctx, ...args));
  } catch (error) {
    if (error instanceof AppError && error.code === "unauthenticated") return toSignIn();
    if (error instanceof AppError && (error.code === "not_found" || error.code === "forbidden")) notFound();
    throw error;
  }
}
