import { z } from "zod";
import { editLeak, moveLeak } from "../leaks/commands";
import { getLeak, listLeaks } from "../leaks/queries";
import {
  EditLeak,
  ListLeaks,
  leakDimensions,
  leakGroupings,
  leakMeasures,
  leakStates,
  MoveLeak,
} from "../leaks/schema";
import { ById, endpoint, pageOf } from "../server/api-endpoint";
import { Share } from "./rate";

const share = z.number().nullable();

const Size = z
  .object({
    excess: z.number(),
    lo: z.number(),
    hi: z.number(),
    z: share,
    p: share,
    losses: z.number().meta({ description: "People lost beyond the reference" }),
    lossesAtLeast: z.number().meta({ description: "The same at the lower end of the interval" }),
    wins: z.number(),
    winsAtLeast: z.number(),
  })
  .meta({ id: "LeakSize", description: "Drop rate above the reference with Newcombe's interval (DOMAIN F18)" });

const Mix = z
  .object({ by: z.enum(["origin", "osc"]), total: z.number(), rate: z.number(), mix: z.number(), mixShare: z.number() })
  .meta({ id: "LeakMix", description: "How much is the groups' own rate and how much another mix (DOMAIN F19)" });

const place = {
  template: z.string(),
  stage: z.string(),
  stageName: z.string(),
  dimension: z.enum(leakDimensions),
  value: z.string().meta({ description: "The origin, the id of the consultant, or `last` for the last months" }),
};

const Finding = z
  .object({
    ...place,
    verdict: z.enum(["leak", "mix", "not_proven", "too_few"]),
    missing: z.array(z.enum(["a", "c", "d", "e", "mix"])).meta({ description: "Conditions that do not hold" }),
    drops: Share,
    reference: Share,
    size: Size.nullable(),
    adjusted: share.meta({ description: "p adjusted for all comparisons of the run" }),
    mix: Mix.nullable(),
    winRate: Share,
    valueMinor: share,
    valueAtLeastMinor: share,
  })
  .meta({ id: "LeakFinding" });

/** Of what stands: who dropped out or slipped away, told apart by whatever their measure knows. */
const standing = {
  dimension: z.enum(leakGroupings),
  value: z.string().meta({ description: "As of a finding; the key of stage, department, pair or medium of a lapse" }),
};
const StandingFinding = Finding.extend(standing).meta({
  id: "StandingFinding",
  description: "What a leak was found by; of a lapse `drops` are those who lapsed and `reference` all others",
});

const Row = z
  .object({
    id: z.uuid(),
    version: z.number(),
    ...place,
    ...standing,
    measure: z.enum(leakMeasures),
    valueName: z.string().nullable(),
    state: z.enum(leakStates),
    ownerId: z.uuid().nullable(),
    ownerName: z.string().nullable(),
    dueOn: z.string().nullable(),
    isLate: z.boolean(),
    foundAt: z.string(),
    confirmedAt: z.string().nullable(),
    fixingSince: z.string().nullable(),
    endedAt: z.string().nullable(),
    note: z.string(),
    action: z.string(),
    finding: StandingFinding,
    runId: z.uuid(),
  })
  .meta({ id: "LeakRow" });

const Leak = z
  .object({
    ...Row.shape,
    horizonDays: z.number(),
    currency: z.string(),
    customers: z
      .array(
        z.object({
          journeyId: z.uuid(),
          customerId: z.uuid().nullable(),
          name: z.string().nullable(),
          enteredAt: z.string(),
          days: z.number(),
          status: z.string(),
        }),
      )
      .meta({
        description:
          "Who is behind it, a hundred of them: the newest drops, the longest lapses; null where the key may not see her",
      }),
    customersTotal: z.number(),
    associated: z
      .array(z.object({ kind: z.enum(["spoke", "handoff", "channel", "said"]), key: z.string(), drops: z.number() }))
      .meta({ description: "What the drops are associated with: an account and not a cause (DOMAIN F19b)" }),
    next: z
      .object({
        dropped: Share,
        immature: z.number(),
        improvement: z.object({ difference: z.number(), lo: z.number(), hi: z.number() }).nullable(),
      })
      .nullable()
      .meta({ description: "Who entered since the mending began; of a lapse, who lapses today" }),
    spokes: z.array(z.object({ key: z.string(), name: z.string(), nameHe: z.string() })),
    mayLead: z.boolean(),
    mayMove: z.boolean(),
  })
  .meta({ id: "Leak" });

const Version = z.object({ version: z.number() });
const tag = "Reports";

/** Leaks from the first suspicion to the proof that they are closed. */
export const leakEndpoints = [
  endpoint({
    method: "GET",
    path: "/leaks",
    tag,
    summary: "Leaks that stand or have ended, the confirmed ones first.",
    permission: "Manager and Auditor.",
    query: ListLeaks,
    response: pageOf(Row),
    handle: async (ctx, input) => ({ data: await listLeaks(ctx, input), nextCursor: null }),
  }),
  endpoint({
    method: "GET",
    path: "/leaks/{id}",
    tag,
    summary: "One leak with the customers behind it, what their drops are associated with, and the next cohort.",
    permission: "Manager and Auditor; its owner.",
    params: ById,
    response: Leak,
    handle: getLeak,
  }),
  endpoint({
    method: "PATCH",
    path: "/leaks/{id}",
    tag,
    summary: "Change owner, date or what is being done. `version` is the one that was read.",
    permission: "Manager; its owner all but the owner.",
    params: ById,
    body: EditLeak.omit({ id: true }),
    response: Version,
    handle: editLeak,
  }),
  endpoint({
    method: "POST",
    path: "/leaks/{id}/move",
    tag,
    summary: "Begin to mend a confirmed leak, or reject one with a reason.",
    permission: "Manager; its owner may begin to mend it.",
    params: ById,
    body: MoveLeak.omit({ id: true }),
    response: Version,
    handle: moveLeak,
  }),
];
