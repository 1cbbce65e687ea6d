import { unstable_rethrow } from "next/navigation";
import type { z } from "zod";
import { requireContext } from "../auth/context";
import type { Context } from "../context";
import { inWorkspace } from "../db";
import { understood } from "./arrivals";
import { recordRefusal } from "./refusal";
import { type ActionResult, invalidInput, toPublicError } from "./result";

/** Input, command, typed result for one member; what was refused is recorded. */
export async function perform<Schema extends z.ZodType, Output>(
  ctx: Context,
  schema: Schema,
  command: (ctx: Context, input: z.output<Schema>) => Promise<Output>,
  input: unknown,
): Promise<ActionResult<Output>> {
  try {
    const parsed = schema.safeParse(input);
    if (!parsed.success) return { ok: false, error: invalidInput(parsed.error) };
    return { ok: true, data: await inWorkspace(ctx.workspaceId, () => command(ctx, parsed.data)) };
  } catch (error) {
    unstable_rethrow(error); // redirect() and notFound() travel as throws
    const shown = toPublicError(error);
    if (!ctx.isSame || (await ctx.isSame)) await recordRefusal(ctx, command.name || "command", shown);
    return { ok: false, error: shown };
  }
}

/** Builds a server action: membership, input, command, typed result. It never throws to the client. */
export function action<Schema extends z.ZodType, Output>(
  schema: Schema,
  command: (ctx: Context, input: z.output<Schema>) => Promise<Output>,
) {
  return async (workspace: string, input: z.input<Schema>): Promise<ActionResult<Output>> => {
    understood();
    let ctx: Context;
    try {
      ctx = await requireContext(String(workspace));
    } catch (error) {
      unstable_rethrow(error);
      return { ok: false, error: toPublicError(error) };
    }
    return perform(ctx, schema, command, input);
  };
}
