import type { z } from "zod";
import type { Context } from "../context";
import type { ActionResult } from "../errors";
import { understood } from "../server/arrivals";
import { invalidInput, toPublicError } from "../server/result";
import { asCustomer, type OpenLink } from "./context";

/** Builds a server action of the customer's page: the token is who asks, and it is looked at again on every call. */
export function customerAction<Schema extends z.ZodType>(
  schema: Schema,
  command: (ctx: Context, link: OpenLink, input: z.output<Schema>) => Promise<void>,
) {
  return async (token: string, input: z.input<Schema>): Promise<ActionResult<null>> => {
    understood();
    try {
      return await asCustomer(String(token), async (ctx, link) => {
        const parsed = schema.safeParse(input);
        if (!parsed.success) return { ok: false, error: invalidInput(parsed.error) };
        await command(ctx, link, parsed.data);
        return { ok: true, data: null };
      });
    } catch (error) {
      return { ok: false, error: toPublicError(error) };
    }
  };
}
