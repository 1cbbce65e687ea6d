import { unstable_rethrow } from "next/navigation.js";
import type { z } from "zod";
import type { ActionResult } from "../errors";
import { understood } from "./arrivals";
import { invalidInput, toPublicError } from "./result";

/** Builds a server action of the pages before a workspace: input, work, typed result. It never throws to the client. */
export function publicAction<Schema extends z.ZodType, Output>(
  schema: Schema,
  work: (input: z.output<Schema>) => Promise<Output>,
) {
  return async (input: z.input<Schema>): Promise<ActionResult<Output>> => {
    understood();
    try {
      const parsed = schema.safeParse(input);
      if (!parsed.success) return { ok: false, error: invalidInput(parsed.error) };
      return { ok: true, data: await work(parsed.data) };
    } catch (error) {
      unstable_rethrow(error); // redirect() and notFound() travel as throws
      return { ok: false, error: toPublicError(error) };
    }
  };
}
