import { z } from "zod";
import { getDrivers } from "../drivers/queries";
import { listSeen } from "../drivers/rows";
import { GetDrivers, SeenInput } from "../drivers/schema";
import { endpoint, pageOf } from "../server/api-endpoint";

const share = z.number().nullable();
const Rate = z.object({ k: z.number(), n: z.number(), rate: share, lo: share, hi: share });
const Interval = z.object({ lo: z.number(), hi: z.number() }).nullable();
const Key = { type: z.string(), momentId: z.uuid() };
const CannotEstimate = z.object({
  status: z.literal("cannot_estimate"),
  n: z.number(),
  reason: z.enum(["too_few", "too_few_events", "too_many_predictors", "no_variation", "separation"]),
});
const whole = {
  status: z.literal("estimated"),
  n: z.number(),
  rSquared: z.number(),
  rSquaredOfControls: z.number().meta({ description: "What value and route explain, which were entered first" }),
  draws: z.number(),
};

const Moment = z.object({
  ...Key,
  name: z.string(),
  nameHe: z.string(),
  responsibleRole: z.string().nullable(),
  responsibleName: z.string().nullable(),
  volume: z.number().meta({ description: "Contacts in which it was seen" }),
  done: Rate,
  positive: Rate,
  shrunken: share.meta({ description: "The positive share pulled towards the whole (DOMAIN F34)" }),
  share: share.meta({ description: "Its part of what is explained (DOMAIN F38); associated, not proven to cause" }),
  interval: Interval,
  weight: share,
  alone: share,
  beta: share,
  johnson: share.meta({ description: "The same by relative weights (DOMAIN F38b)" }),
  johnsonShare: share,
  priority: share.meta({ description: "Weight x shortfall x volume (DOMAIN F39)" }),
  place: z.number().nullable(),
  leftOut: z.enum(["too_few", "seldom_together", "beyond_ten", "constant", "repeated"]).nullable(),
  isChance: z.boolean().meta({ description: "Its type's moments together explain no more than chance would" }),
});

const Outcome = z.object({
  ...Key,
  name: z.string(),
  nameHe: z.string(),
  share,
  interval: Interval,
  weight: share,
  alone: share,
  beta: share,
  oddsRatio: z.number(),
  oddsLo: z.number(),
  oddsHi: z.number(),
});

const Drivers = z
  .object({
    run: z
      .object({
        id: z.uuid(),
        asOf: z.string(),
        knownAt: z.string(),
        finishedAt: z.string().nullable(),
        configVersion: z.number(),
        seed: z.number(),
      })
      .nullable()
      .meta({ description: "Null before the first run" }),
    type: z.string().nullable(),
    target: z.number(),
    types: z.array(z.object({ type: z.string(), rated: z.number() })),
    moments: z.array(Moment),
    voice: z.union([z.object({ ...whole, method: z.enum(["shapley", "johnson"]) }), CannotEstimate]).nullable(),
    outcome: z
      .union([
        z.object({
          ...whole,
          k: z.number(),
          nullLogLikelihood: z.number(),
          logLikelihood: z.number(),
          intercept: z.number(),
        }),
        CannotEstimate,
      ])
      .nullable(),
    outcomes: z.array(Outcome),
    ranked: z.array(z.object(Key)),
  })
  .meta({ id: "Drivers" });

const Seen = z
  .object({
    id: z.uuid(),
    customerId: z.uuid(),
    customerName: z.string(),
    type: z.string().nullable(),
    medium: z.string().nullable(),
    agentName: z.string().nullable(),
    state: z.enum(["missed", "done", "done_well"]).nullable(),
    class: z.enum(["positive", "neutral", "negative"]).nullable(),
    isWon: z.boolean().nullable(),
    at: z.string(),
  })
  .meta({ id: "SeenContact" });

export const driverEndpoints = [
  endpoint({
    method: "GET",
    path: "/reports/drivers",
    tag: "Reports",
    summary:
      "Which moments carry weight with customers and with winning, and what to mend first, as the newest run found.",
    permission: "Manager and Auditor.",
    query: GetDrivers,
    response: Drivers,
    handle: getDrivers,
  }),
  endpoint({
    method: "GET",
    path: "/runs/{run}/rows",
    tag: "Analyses",
    summary: "The contacts, or ends of journeys, behind a number of a run of drivers, newest first.",
    permission: "Manager and Auditor.",
    params: SeenInput.pick({ run: true }),
    query: SeenInput.omit({ run: true }),
    response: pageOf(Seen),
    handle: listSeen,
  }),
];
