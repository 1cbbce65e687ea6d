import { z } from "zod";
import { getQueue } from "../home/queries";
import { getMorning } from "../morning/queries";
import { changeKinds, decisionKinds } from "../morning/schema";
import { readAnalysis } from "../reports/analyses";
import { getOriginsReport, getSpeedToLeadReport } from "../reports/queries";
import { AnalysisInput, type AnalysisName, analysisNames, SpeedInput } from "../reports/schema";
import { endpoint } from "../server/api-endpoint";
import { getSpeedStudy } from "../speed/queries";
import { bins } from "../speed/rules";
import { getWaitingReport } from "../waiting/queries";
import { causes } from "../waiting/rules";
import { WaitingInput } from "../waiting/schema";

const Consent = z.enum(["granted", "denied", "unknown"]);

const QueueItem = z
  .object({
    customerId: z.uuid(),
    journeyId: z.uuid(),
    version: z.number(),
    name: z.string(),
    place: z.string().nullable(),
    stageId: z.uuid(),
    stageName: z.string(),
    group: z.enum(["unanswered", "off_track", "due_today", "waiting", "tomorrow", "no_clock"]),
    clock: z.object({ startedAt: z.string(), dueAt: z.string() }).nullable(),
    reason: z.object({
      kind: z.string(),
      params: z.record(z.string(), z.union([z.string(), z.number(), z.null()])),
      quote: z.string().nullable(),
    }),
    action: z.string(),
    baton: z.object({
      spokeId: z.uuid(),
      code: z.string(),
      name: z.string(),
      nameHe: z.string(),
      position: z.number(),
      personName: z.string().nullable(),
    }),
    isLate: z.boolean(),
    phone: z.string().nullable(),
    email: z.string().nullable(),
    consents: z.object({ phone: Consent, sms: Consent, email: Consent }),
    nextName: z.string().nullable(),
    score: z.number().meta({ description: "Priority, 0 to 100 (DOMAIN F21)" }),
    factors: z.object({
      overdueRatio: z.number(),
      valuePercentile: z.number(),
      dropHazard: z.number(),
      sentiment: z.number(),
    }),
  })
  .meta({ id: "QueueItem" });

const Queue = z
  .object({
    items: z.array(QueueItem),
    onTrack: z.number(),
    onHold: z.number(),
    firstResponseMinutes: z.number(),
    hasMoreWithoutClock: z.boolean(),
  })
  .meta({ id: "Queue" });

const OriginRow = z.object({ origin: z.string(), leads: z.number(), won: z.number() }).meta({ id: "OriginRow" });

const share = z.number().nullable();

const Rate = z
  .object({ k: z.number(), n: z.number(), rate: share, lo: share, hi: share })
  .meta({ id: "Rate", description: "k of n with its 95 % Wilson interval; null where there is no data" });

const SpeedLine = z.object({
  met: Rate,
  pending: z.number().meta({ description: "Neither answered nor late yet" }),
  medianStaffedMinutes: share,
  medianElapsedMinutes: share,
  needsMore: z.number(),
});

const Speed = z
  .object({
    since: z.string(),
    until: z.string(),
    slaMinutes: z.number(),
    leads: z.number(),
    isTruncated: z.boolean(),
    overall: SpeedLine,
    byOsc: z.array(z.object({ ...SpeedLine.shape, memberId: z.uuid(), name: z.string() })),
    byOrigin: z.array(z.object({ ...SpeedLine.shape, origin: z.string() })),
  })
  .meta({ id: "SpeedToLead" });

const Analysis = z
  .object({
    report: z.enum(analysisNames),
    run: z
      .object({
        id: z.uuid().nullable().meta({ description: "Null when nothing was kept: it was worked out for this answer" }),
        asOf: z.string().meta({ description: "What happened later does not count" }),
        knownAt: z.string().meta({ description: "What was written down later does not count" }),
        configVersion: z.number(),
        seed: z.number(),
      })
      .meta({ description: "What the numbers rest on; the same frame gives the same bytes" }),
    result: z.record(z.string(), z.unknown()),
  })
  .meta({ id: "Analysis", description: "The same JSON as `npm run report -- --json` prints" });

const WaitLine = z
  .object({
    id: z.string().meta({ description: "Of the department, or `customer`" }),
    customers: z.number(),
    elapsed: z.number().meta({ description: "Milliseconds" }),
    staffed: z.number().meta({ description: "Milliseconds of it in business time" }),
    share: z.number().nullable().meta({ description: "Of all the time there was, 0 to 1" }),
    median: z.number().meta({ description: "Milliseconds, of the customers who had any of it" }),
    causes: z.partialRecord(z.enum(causes), z.number()).meta({ description: "Milliseconds by what went on" }),
  })
  .meta({ id: "WaitLine" });

const Waiting = z
  .object({
    since: z.string(),
    asOf: z.string(),
    knownAt: z.string().meta({ description: "Nothing that was recorded later is in it" }),
    customers: z.number(),
    isTruncated: z.boolean().meta({ description: "Only the newest thousand journeys were looked at" }),
    elapsed: z.number(),
    staffed: z.number(),
    byBaton: z.array(WaitLine),
    byWhom: z.array(WaitLine),
    spokes: z.array(
      z.object({ id: z.uuid(), code: z.string(), name: z.string(), nameHe: z.string(), position: z.number() }),
    ),
  })
  .meta({ id: "Waiting", description: "Stretches that do not overlap: the lines of either list add up to the whole" });

const count = z.number().int();

const SpeedCurve = z
  .object({
    speed: Speed,
    byHour: z.array(z.object({ ...SpeedLine.shape, hour: count.meta({ description: "Of the workspace's clock" }) })),
    curve: z.object({
      bins: z.array(z.object({ bin: z.enum(bins).meta({ description: "Elapsed minutes at most" }), booked: Rate })),
      judged: count,
      immature: count,
      bookedFirst: count.meta({ description: "With an appointment before anybody answered: left out" }),
      horizonDays: count,
      windowDays: count,
    }),
  })
  .meta({ id: "SpeedCurve" });

const Morning = z
  .object({
    asOf: z.string(),
    yesterday: z.string().meta({ description: "Day in the workspace's time zone" }),
    weeks: count.meta({ description: "How many of the eight weeks before are known" }),
    isTeam: z.boolean(),
    changes: z.array(
      z.object({
        kind: z.enum(changeKinds),
        today: count,
        yesterday: count,
        usual: z.number().nullable().meta({ description: "Median of the same weekday in the eight weeks before" }),
        least: count.nullable(),
        most: count.nullable(),
      }),
    ),
    decisions: z.array(
      z.object({
        kind: z.enum(decisionKinds),
        id: z.string(),
        opens: z
          .string()
          .meta({ description: "The case, handoff, customer, leak, proposal or consultant it is about" }),
        name: z.string().nullable(),
        detail: z.string().nullable(),
        since: z.string().nullable(),
        isUrgent: z.boolean(),
      }),
    ),
    totals: z.partialRecord(z.enum(decisionKinds), count),
  })
  .meta({ id: "Morning" });

const analysis = (report: Exclude<AnalysisName, "origins">, summary: string) =>
  endpoint({
    method: "GET",
    path: `/reports/${report}`,
    tag: "Reports",
    summary,
    permission: "Manager and Auditor.",
    query: AnalysisInput,
    response: Analysis,
    handle: (ctx, { asOf }) => readAnalysis(ctx, report, asOf),
  });

export const reportEndpoints = [
  endpoint({
    method: "GET",
    path: "/queue",
    tag: "Home",
    summary: "Who needs me now: the queue of the member the key acts as, most pressing first.",
    permission: "Everybody.",
    response: Queue,
    handle: getQueue,
  }),
  endpoint({
    method: "GET",
    path: "/reports/origins",
    tag: "Reports",
    summary:
      "Leads and wins by the channel of first contact; blank counts as unknown. With `asOf` it is the analysis: wins with intervals, time to win, origins compared.",
    permission: "Everybody but Admin; with `asOf` Manager and Auditor.",
    query: AnalysisInput,
    response: z.union([z.array(OriginRow), Analysis]),
    handle: (ctx, { asOf }) => (asOf === undefined ? getOriginsReport(ctx) : readAnalysis(ctx, "origins", asOf)),
  }),
  analysis(
    "leaks",
    "Where customers fall out more than elsewhere, how sure that is, and whether it is only another mix.",
  ),
  analysis(
    "lapses",
    "Who went silent, stays too long, was handed over badly or left nothing behind: shares with intervals, and who has more than others.",
  ),
  analysis(
    "survival",
    "How long customers stay in each stage, and whether they go on or drop out, with numbers at risk.",
  ),
  analysis("osc-programme", "Lead to appointment to kept to sale, with what others have published beside it."),
  analysis(
    "recovery-effect",
    "Who came back on track, by what had happened and why, and what the plays add against a holdout.",
  ),
  endpoint({
    method: "GET",
    path: "/reports/morning",
    tag: "Reports",
    summary: "What changed since yesterday beside what is usual, and what waits for a decision.",
    permission: "Manager and Auditor.",
    response: Morning,
    handle: getMorning,
  }),
  endpoint({
    method: "GET",
    path: "/reports/waiting",
    tag: "Reports",
    summary: "Which department had the baton, for how long, and who was waited for, of the customers who came in.",
    permission: "Manager and Auditor.",
    query: WaitingInput,
    response: Waiting,
    handle: getWaitingReport,
  }),
  endpoint({
    method: "GET",
    path: "/reports/speed-curve",
    tag: "Reports",
    summary:
      "Speed to lead by hour of arrival, and appointments by how long the first answer took: together, not because.",
    permission: "Manager and Auditor.",
    response: SpeedCurve,
    handle: getSpeedStudy,
  }),
  endpoint({
    method: "GET",
    path: "/reports/speed-to-lead",
    tag: "Reports",
    summary: "How fast leads got their first human response.",
    permission: "Everybody but Admin.",
    query: SpeedInput.strict(),
    response: Speed,
    handle: getSpeedToLeadReport,
  }),
];
