import { z } from "zod";

/** How every failure is described, RFC 9457. */
export const Problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number(),
    detail: z.string(),
    instance: z.string().meta({ description: "The request's id, as X-Request-Id carries it" }),
    errors: z.array(z.object({ pointer: z.string(), detail: z.string(), code: z.string() })),
    current: z.unknown().optional().meta({ description: "On a conflict: the row as it now stands" }),
  })
  .meta({ id: "Problem", description: "RFC 9457" });
