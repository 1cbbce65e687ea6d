import { z } from "zod";
import { setProgrammeGoal } from "../osc-programme/commands";
import { getProgramme } from "../osc-programme/queries";
import { ProgrammeInput, SetProgrammeGoal } from "../osc-programme/schema";
import { endpoint } from "../server/api-endpoint";

const counts = {
  leads: z.number(),
  set: z.number(),
  kept: z.number(),
  sales: z.number().meta({ description: "Through the consultant" }),
  companySales: z.number(),
};

const Month = z
  .object({
    month: z.string(),
    goal: z
      .object({ sales: z.number(), version: z.number(), setByName: z.string().nullable(), setAt: z.string() })
      .nullable(),
    plan: z
      .object({
        oscSales: z.number(),
        keptNeeded: z.number(),
        setNeeded: z.number(),
        leadsNeeded: z.number(),
      })
      .nullable()
      .meta({ description: "What the goal takes by the programme's own shares (DOMAIN F03)" }),
    soFar: z.object(counts),
  })
  .meta({ id: "ProgrammeMonth" });

const tag = "Reports";

/** The goal of a month, what it takes and what has happened. */
export const programmeEndpoints = [
  endpoint({
    method: "GET",
    path: "/programme-goals",
    tag,
    summary: "A month's goal of sales, what it takes, and what has happened in the month; this month without `month`.",
    permission: "Manager and Auditor.",
    query: ProgrammeInput,
    response: Month,
    handle: async (ctx, input) => (await getProgramme(ctx, input)).month,
  }),
  endpoint({
    method: "POST",
    path: "/programme-goals",
    tag,
    summary:
      "Set how many sales a month aims at; null takes the goal away. `version` is the one that was read, 0 for none.",
    permission: "Manager and Admin.",
    body: SetProgrammeGoal,
    response: z.object({ version: z.number() }),
    handle: setProgrammeGoal,
  }),
];
