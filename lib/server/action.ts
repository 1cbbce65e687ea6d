import { unstable_rethrow } from "next/navigation";
import type { z } from "zod";
import { requireContext } from "../auth/context";
import type { Context } from "../context";
import { inWorkspace } from "../db";
import { recordRefusal } from "./refusal";
import { type ActionResult, invalidInput, toPublicError } from "./result";

/** Builds a server action: membership, input, command, typed result. It never throws to the client. */
export function action<Schema extends z.ZodType, Output>(
  schema: Schema,
  command: (ctx: Context, input: z.output<Schema>) => Promise<Output>,
) {
  return async (workspace: string, input: z.input<Schema>): Promise<ActionResult<Output>> => {
    let ctx: Context | undefined;
    try {
      const found = await requireContext(String(workspace));
      ctx = found;
      const parsed = schema.safeParse(input);
      if (!parsed.success) return { ok: false, error: invalidInput(parsed.error) };
      return { ok: true, data: await inWorkspace(found.workspaceId, () => command(found, parsed.data)) };
    } catch (error) {
      unstable_rethrow(error); // redirect() and notFound() travel as throws
      const shown = toPublicError(error);
      if (ctx) await recordRefusal(ctx, command.name || "command", shown);
      return { ok: false, error: shown };
    }
  };
}
