import { z } from "zod";

/** What creating a customer answers. */
export const CreatedCustomer = z
  .object({
    id: z.uuid(),
    journeyId: z.uuid().nullable(),
    attached: z.boolean().meta({ description: "Whether this was somebody we knew; nothing was created beside her" }),
    duplicates: z.array(
      z.object({
        customerId: z.uuid(),
        name: z.string(),
        reasons: z.array(
          z.union([
            z.object({ kind: z.enum(["email", "phone", "social"]), value: z.string() }),
            z.object({ kind: z.literal("name"), likeness: z.number() }),
          ]),
        ),
      }),
    ),
  })
  .meta({ id: "CreatedCustomer" });
