import { z } from "zod";

/** A share as it leaves the server: counts, point and 95 % Wilson interval; all but the counts null without data. */
export const Share = z
  .object({
    k: z.number(),
    n: z.number(),
    rate: z.number().nullable(),
    lo: z.number().nullable(),
    hi: z.number().nullable(),
  })
  .meta({ id: "Share", description: "Counts, share and its 95 % Wilson interval, 0 to 1; null without data" });
