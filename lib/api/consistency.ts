import { z } from "zod";
import { getFacts } from "../consistency/facts";
import { getConsistencyCharts, getConsistencyReport, listRated } from "../consistency/queries";
import { BoardInput, RatedInput, silenceSides } from "../consistency/schema";
import { getSilence } from "../consistency/silence";
import { getVoiceReport } from "../consistency/voice";
import { endpoint, pageOf } from "../server/api-endpoint";

const share = z.number().nullable();
const Rate = z.object({ k: z.number(), n: z.number(), rate: share, lo: share, hi: share });
const Difference = z
  .object({
    chiSquare: z.number(),
    degrees: z.number(),
    p: z.number(),
    by: z.enum(["curve", "simulation"]),
    curveP: z.number(),
  })
  .nullable();

const Coverage = z.object({ response: Rate, isLow: z.boolean() });

const NetPromoters = z
  .object({ n: z.number(), score: z.number(), standardError: z.number(), lo: z.number(), hi: z.number() })
  .nullable();

const Channel = z.object({
  key: z.string(),
  ...Rate.shape,
  shrunken: share.meta({ description: "Pulled towards the whole (DOMAIN F34)" }),
  lo90: share,
  hi90: share,
  chanceToReach: share,
  isJudged: z.boolean().meta({ description: "Twenty ratings or more" }),
});

const Consistency = z
  .object({
    by: z.enum(["media", "routes"]),
    type: z.string().nullable(),
    weeks: z.number(),
    since: z.string().nullable(),
    asOf: z.string(),
    target: z.number(),
    channels: z.array(Channel),
    level: share,
    tau: share,
    cci: share.meta({ description: "1 is identical; never to be read without the verdict" }),
    mu: share,
    rho: share,
    strength: share,
    allChannels: Difference,
    judgedChannels: Difference,
    seed: z.number(),
    gap: share,
    verdict: z.enum(["insufficient_data", "consistently_positive", "consistently_below", "inconsistent", "not_proven"]),
    reason: z.enum([
      "fewer_than_two_channels",
      "all_reach_target",
      "all_miss_target",
      "channels_differ",
      "gap_without_evidence",
      "target_undecided",
    ]),
    worst: z.string().nullable(),
    customers: Rate.meta({ description: "Customers of two channels or more, well served in each (DOMAIN F35b)" }),
    coverage: Coverage,
  })
  .meta({ id: "Consistency" });

const RatePoint = z.object({
  ...{ k: z.number(), n: z.number(), rate: share, lcl: share, ucl: share },
  tail: share.meta({ description: "The exact chance that decides where few are expected (DOMAIN F36c)" }),
  isSignal: z.boolean(),
});

const WeeklyChart = z.object({
  key: z.string(),
  weeks: z.array(z.object({ week: z.string(), k: z.number(), n: z.number() })),
  signals: z
    .object({
      method: z.enum(["p_chart", "laney"]),
      centre: z.number(),
      sigmaZ: z.number(),
      points: z.array(RatePoint).meta({ description: "One for each week" }),
      alerts: z.array(z.number()).meta({ description: "Places of signals that rest on twenty ratings or more" }),
    })
    .nullable(),
  frozen: z.number().meta({ description: "So many of the first weeks shown belong to the baseline of the limits" }),
});

const XmrPoint = z.object({
  value: z.number(),
  signals: z.array(z.enum(["outside_limits", "eight_on_one_side", "three_of_four_near_limit"])),
  movingRange: share,
  isRangeSignal: z.boolean(),
});

const Speed = z.object({
  weeks: z.array(z.object({ week: z.string(), minutes: z.number(), n: z.number() })),
  chart: z
    .object({
      ...{ mean: z.number(), meanRange: z.number(), upper: z.number(), lower: z.number(), rangeUpper: z.number() },
      isProvisional: z.boolean(),
      points: z.array(XmrPoint),
    })
    .nullable(),
  isLog: z.boolean().meta({ description: "Limits found on the logarithms, as the weeks lean to the right" }),
});

const Funnel = z.object({
  target: z.number(),
  dispersion: z.object({ chiSquare: z.number(), degrees: z.number(), ratio: z.number(), p: z.number() }).nullable(),
  isOverdispersed: z.boolean(),
  units: z.array(
    z.object({
      unit: z.object({
        ...{ memberId: z.uuid(), name: z.string(), isFormer: z.boolean() },
        ...{ k: z.number(), n: z.number() },
      }),
      rate: share,
      stand: z.enum(["inside", "alert", "alarm", "too_few"]),
      limits: z
        .object({ alertLo: z.number(), alertHi: z.number(), alarmLo: z.number(), alarmHi: z.number() })
        .nullable(),
    }),
  ),
});

const Charts = z
  .object({
    ...{ by: z.enum(["media", "routes"]), type: z.string().nullable(), weeks: z.number() },
    ...{ since: z.string().nullable(), asOf: z.string(), target: z.number() },
    change: z
      .object({
        now: Rate,
        before: Rate,
        difference: z.object({ difference: z.number(), lo: z.number(), hi: z.number() }).nullable(),
      })
      .nullable()
      .meta({ description: "All channels beside the period of the same length before (DOMAIN F89)" }),
    cells: z
      .array(
        z.object({
          ...{ medium: z.string(), route: z.string(), ...Rate.shape },
          chance: share.meta({ description: "Of so few positive ones at the target" }),
          ...{ adjusted: share, isBelow: z.boolean() },
        }),
      )
      .meta({ description: "Medium by route; the empty name is the margin. Below after correction (DOMAIN F90)" }),
    weekly: z
      .array(WeeklyChart)
      .meta({ description: "p-charts, or Laney's, of each channel (DOMAIN F36, F36b, F36c)" }),
    people: Funnel.meta({ description: "The funnel, never a ranking (DOMAIN F36d)" }),
    speed: Speed.meta({ description: "XmR chart of the weekly median minutes to the first answer (DOMAIN F37)" }),
  })
  .meta({ id: "ConsistencyCharts" });

const Voice = z
  .object({
    type: z.string().nullable(),
    weeks: z.number(),
    n: z.number(),
    classes: z.object({ positive: z.number(), neutral: z.number(), negative: z.number() }),
    meanDisconfirmation: share,
    metOrExceeded: Rate,
    positive: Rate,
    strict: Rate,
    csat: Rate,
    ces: z.object({ mean: share, easy: Rate }),
    nps: NetPromoters.meta({ description: "Of single contacts (DOMAIN F30)" }),
    relationship: z
      .object({ nps: NetPromoters, coverage: Coverage })
      .nullable()
      .meta({ description: "Asked twice a year, of no contact: null where the report is of one type or one team" }),
  })
  .meta({ id: "VoiceReport" });

const Rated = z
  .object({
    id: z.uuid(),
    customerId: z.uuid(),
    customerName: z.string(),
    medium: z.string(),
    route: z.string().nullable(),
    type: z.string(),
    agentName: z.string().nullable(),
    responseId: z.uuid().nullable().meta({ description: "The answer that classed it" }),
    class: z.enum(["positive", "neutral", "negative"]),
    expectation: share,
    outcome: share,
    disconfirmation: share,
    comment: z.string(),
    standard: z
      .object({ raw: share, meets: z.boolean().nullable() })
      .nullable()
      .meta({ description: "How it kept its standard (DOMAIN F32)" }),
    at: z.string(),
  })
  .meta({ id: "RatedInteraction" });

const Facts = z
  .object({ facts: z.array(z.object({ medium: z.string(), name: z.string(), nameHe: z.string(), ...Rate.shape })) })
  .meta({ id: "Facts" });

const Silence = z
  .object({
    answered: z.number(),
    silent: z.number().meta({ description: "Asked, and the time to answer is over" }),
    coverage: Coverage,
    isTold: z.boolean().meta({ description: "Twenty on each side" }),
    hours: z
      .object({ median: z.number(), p80: z.number(), p90: z.number() })
      .nullable()
      .meta({ description: "Hours within which half, eight and nine of ten of the answers came (DOMAIN F91)" }),
    sides: z.array(
      z.object({
        side: z.enum(silenceSides),
        groups: z.array(
          z.object({
            ...{ key: z.string(), answered: z.number(), silent: z.number() },
            ...{ difference: share, lo: share, hi: share, isDifferent: z.boolean() },
          }),
        ),
      }),
    ),
  })
  .meta({ id: "Silence" });

export const consistencyEndpoints = [
  endpoint({
    method: "GET",
    path: "/reports/consistency",
    tag: "Reports",
    summary: "Whether customers are served alike in every medium or by every route, with the verdict and its reason.",
    permission: "Manager and Auditor.",
    query: BoardInput,
    response: Consistency,
    handle: getConsistencyReport,
  }),
  endpoint({
    method: "GET",
    path: "/reports/consistency/charts",
    tag: "Reports",
    summary: "Matrix, weekly charts of each channel with their signals, chart of answer times and funnel of people.",
    permission: "Manager and Auditor.",
    query: BoardInput,
    response: Charts,
    handle: getConsistencyCharts,
  }),
  endpoint({
    method: "GET",
    path: "/reports/voice",
    tag: "Reports",
    summary: "What customers said: classes against expectation, satisfaction, effort, promoters.",
    permission: "Manager and Auditor.",
    query: BoardInput.pick({ type: true, weeks: true }),
    response: Voice,
    handle: getVoiceReport,
  }),
  endpoint({
    method: "GET",
    path: "/reports/facts",
    tag: "Reports",
    summary: "How often each fact that standards ask for was kept, by medium; no part of what customers said.",
    permission: "Manager and Auditor.",
    query: BoardInput.pick({ type: true, weeks: true }),
    response: Facts,
    handle: getFacts,
  }),
  endpoint({
    method: "GET",
    path: "/reports/silence",
    tag: "Reports",
    summary: "Whether those who answered resemble those who were asked and kept silent: media, types, outcomes.",
    permission: "Manager and Auditor.",
    query: BoardInput.pick({ type: true, weeks: true }),
    response: Silence,
    handle: getSilence,
  }),
  endpoint({
    method: "GET",
    path: "/reports/consistency/rows",
    tag: "Reports",
    summary: "The rated interactions behind a number of the consistency report, newest first.",
    permission: "Manager and Auditor.",
    query: RatedInput,
    response: pageOf(Rated),
    handle: listRated,
  }),
];
