import { beforeAll, describe, expect, test } from "vitest";
import { endpoints } from "@/lib/api/routes";
import { systemContext } from "@/lib/auth/context";
import { listRated } from "@/lib/consistency/queries";
import {
  type ConsistencyCharts,
  type ConsistencyReport,
  RatedInput,
  type SilenceReport,
  type VoiceReport,
} from "@/lib/consistency/schema";
import type { Context } from "@/lib/context";
import { inWorkspace } from "@/lib/db";
import { getDrivers } from "@/lib/drivers/queries";
import { listSeen } from "@/lib/drivers/rows";
import { GetDrivers, SeenInput } from "@/lib/drivers/schema";
import type { HandoffRow, PacketView } from "@/lib/handoffs/schema";
import { newId } from "@/lib/identifiers";
import { seedExamples } from "@/lib/load/examples";
import type { DiscountReport, ProposalRow, ProposalView } from "@/lib/proposals/schema";
import type { RecoveryResult } from "@/lib/recovery-effect/schema";
import type { LabReport } from "@/lib/scenario-lab/report-schema";
import { serve } from "@/lib/server/api";
import type { ThemesReport } from "@/lib/themes/schema";
import { countersOf, recountOf } from "../../support/voices";
import { makeKeyOf } from "../api/client";

let ctx: Context;
let secret: string;
const handle = serve(endpoints);

beforeAll(async () => {
  const { workspaceId } = await seedExamples(`examples-${newId().slice(-8)}`);
  ctx = await systemContext(workspaceId);
  ({ secret } = await makeKeyOf(ctx, "manager"));
}, 180_000);

async function read<T>(path: string): Promise<T> {
  const response = await handle(
    new Request(`http://localhost/api/v1${path}`, { headers: { authorization: `Bearer ${secret}` } }),
  );
  expect(response.status, path).toBe(200);
  return (await response.json()) as T;
}

const consistency = (type: string, rest = "") =>
  read<ConsistencyReport>(`/reports/consistency?by=media&type=${encodeURIComponent(type)}${rest}`);
const charts = (query: string) => read<ConsistencyCharts>(`/reports/consistency/charts?${query}`);
const themes = (type: string) => read<ThemesReport>(`/reports/themes?weeks=0&type=${encodeURIComponent(type)}`);
const voice = (type: string) => read<VoiceReport>(`/reports/voice?type=${encodeURIComponent(type)}`);
const channel = (report: ConsistencyReport, key: string) => report.channels.find((each) => each.key === key);
const round = (value: number | null | undefined) => (typeof value === "number" ? Number(value.toFixed(4)) : value);

test("F20 what a recovery play adds against the share left without one", async () => {
  const { result } = await read<{ result: RecoveryResult }>("/reports/recovery-effect");
  const { play, holdout, effect, verdict } = result.comparison;
  expect([play.k, play.n, holdout.k, holdout.n, verdict]).toEqual([28, 80, 14, 80, "helps"]);
  expect([effect?.difference, effect?.lo, effect?.hi, effect?.z, effect?.p, effect?.numberNeeded].map(round)).toEqual([
    0.175, 0.0385, 0.3035, 2.5155, 0.0119, 5.7143,
  ]);
});

describe("the worked examples of customer success's scenarios", () => {
  test("F66 four deals, each placed by another rule of the policy in force", async () => {
    const placed = await inWorkspace(ctx.workspaceId, async () => {
      const found = await ctx.db.$queryRaw<{ id: string; name: string }[]>`
        select j.id, c.name from journeys j join customers c on c.workspace_id = ${ctx.workspaceId}::uuid and c.id = j.customer_id
        where j.workspace_id = ${ctx.workspaceId}::uuid and j.is_primary and c.name like 'Example F66%' order by c.name`;
      return Promise.all(
        found.map(({ id }) => read<{ placed: { rule: number; scenario: string } }>(`/scenario-inputs?journeyId=${id}`)),
      );
    });
    expect(placed.map(({ placed: { rule, scenario } }) => [rule, scenario])).toEqual([
      [1, "C"],
      [2, "B"],
      [3, "B"],
      [4, "A"],
    ]);
  });

  test("F64 plainly worse and fairly better, and F65b an experiment that stops", async () => {
    const { report } = await read<{ report: LabReport }>("/reports/handoff-lab?weeks=0");
    const pair = report.pairs.find(({ treated, control }) => treated === "C" && control === "A");
    expect([pair?.crude?.difference, pair?.fair?.difference, pair?.fair?.standardError].map(round)).toEqual([
      -0.0217, 0.0794, 0.059,
    ]);
  });
});

describe("the worked examples of prices, read from the API", () => {
  const proposals = async (need: string) => {
    const { data } = await read<{ data: ProposalRow[] }>("/proposals?show=all&limit=200");
    const found = data.filter((row) => row.need.startsWith(need)).sort((a, b) => (a.need < b.need ? -1 : 1));
    return Promise.all(found.map(({ id }) => read<ProposalView>(`/proposals/${id}`)));
  };

  test("F50 and F50b lines, discount and the monthly equivalent", async () => {
    const [once, monthly] = await proposals("Example F50");
    expect(once?.lines.map(({ netMinor }) => netMinor)).toEqual([130_987, 84_000]);
    expect(once).toMatchObject({ listMinor: 269_700, netMinor: 214_987, discountBp: 2_029 });
    expect(monthly).toMatchObject({ netMinor: 457_800, monthlyMinor: 19_075 });
  });

  test("F51 three prices for one need, each pair apart", async () => {
    const [first, second] = [...(await proposals("Example F51"))]
      .sort((a, b) => b.netMinor - a.netMinor)
      .filter(({ netMinor }) => netMinor !== 88_000);
    expect([first?.spread?.count, round(first?.spread?.spread), round(first?.spread?.cv)]).toEqual([3, 0.3, 0.1434]);
    const apart = (found: ProposalView | undefined) =>
      Object.fromEntries(
        (found?.conflictList ?? []).map((each) => [
          each.otherNetMinor,
          [round(each.gap), round(each.overlap), each.kinds],
        ]),
      );
    expect(apart(first)).toEqual({
      70000: [0.3, 1, ["price", "parallel"]],
      88000: [0.12, 0.6667, ["price", "solution", "parallel"]],
    });
    expect(apart(second)).toMatchObject({ 88000: [0.2045, 0.6667, ["price", "solution", "parallel"]] });
  });

  test("F54 who approves five sizes and discounts", async () => {
    const asked = (await proposals("Example F54")).map(({ approvals }) => approvals.map(({ tier }) => tier).sort());
    expect(asked).toEqual([[], [], ["manager"], ["director"], ["finance", "vp"]]);
  });

  test("F53 what each seller gives beyond her segments, and F55 what went beyond authority", async () => {
    const report = await read<DiscountReport>("/reports/discounts");
    const effects = report.sellers
      .filter(({ effect }) => effect !== null)
      .map(({ sellerName, n, effect }) => [sellerName, n, round(effect)]);
    expect(effects).toEqual([
      ["S2 Sato", 20, 0.065],
      ["S3 Sand", 20, -0.025],
      ["S1 Sims", 30, -0.0267],
    ]);
    expect(report.leakageMinor).toBe(2_400_000);
  });
});

describe("the worked examples of handing over, read from the API", () => {
  const handoffsOf = async (name: string) => {
    const { data } = await read<{ data: HandoffRow[] }>("/handoffs?show=all&limit=200");
    return data.filter(({ customerName }) => customerName === name);
  };

  test("F61 a packet that is three quarters full and cannot be proposed", async () => {
    const customer = await inWorkspace(ctx.workspaceId, () =>
      ctx.db.customer.findFirstOrThrow({ where: { workspaceId: ctx.workspaceId, name: "Example F61" } }),
    );
    const packet = await read<PacketView>(`/customers/${customer.id}/packet`);
    expect([packet.completeness, packet.missing]).toEqual([0.75, ["promises"]]);
    expect(packet.items.find(({ key }) => key === "billing")?.isPresent).toBeNull();
  });

  test("F62 the quality of one that came back once", async () => {
    const [handoff] = await handoffsOf("Example F62");
    expect(handoff).toMatchObject({ state: "rated", completeness: 0.75, rejections: 1, rating: 4, hadToRepeat: false });
    expect(round(handoff?.quality)).toBe(0.675);
  });
});

describe("the worked examples, read from the API", () => {
  test("F40 how often a theme is spoken of, and how much likelier after bad contacts", async () => {
    const report = await themes("Example F40");
    const line = report.themes.find(({ key }) => key === "price_clarity");
    expect([report.comments, report.negative, line?.prevalence.k, line?.negative.k]).toEqual([200, 50, 24, 18]);
    const { prevalence, negative, lift } = line ?? {};
    expect([prevalence?.rate, negative?.rate, negative?.lo, negative?.hi, lift].map(round)).toEqual([
      0.12, 0.75, 0.551, 0.88, 3,
    ]);
    const rows = `/comments?type=Example+F40&weeks=0&class=negative&limit=200&themeId=${line?.themeId}`;
    expect((await read<{ data: unknown[] }>(rows)).data).toHaveLength(18);
  });

  test("F40b how alike two people read the codebook", async () => {
    const { agreement } = await themes("Example F40b");
    const line = agreement?.themes.find(({ name }) => name === "Price clarity");
    expect(line).toMatchObject({ bothYes: 40, firstOnly: 5, secondOnly: 10, bothNo: 45, isSound: true });
    const { n, observed, expected, kappa } = line?.kappa ?? {};
    expect([n, observed, expected, kappa].map(round)).toEqual([100, 0.85, 0.5, 0.7]);
    expect(round(agreement?.all?.kappa)).toBe(0.7);
  });

  test("F30 satisfaction, effort and promoters", async () => {
    const { csat, ces, nps } = await voice("Example F30");
    expect([csat.rate, ces.mean, ces.easy.rate]).toEqual([0.7, 5, 0.7]);
    expect([nps?.score, nps?.standardError, nps?.lo, nps?.hi].map(round)).toEqual([25, 23.9357, -21.9131, 71.9131]);
  });

  test("F31 the class against expectation", async () => {
    const report = await voice("Example F31");
    expect(report.classes).toEqual({ positive: 5, neutral: 1, negative: 2 });
    expect(
      [report.meanDisconfirmation, report.metOrExceeded.rate, report.positive.rate, report.strict.rate].map(round),
    ).toEqual([0.1429, 0.7143, 0.625, 0.375]);
  });

  test.each([
    ["phone", 0.2, 0.0362, 0.6245],
    ["email", 0, 0, 0.4345],
    ["chat", 1, 0.5655, 1],
    ["sms", 0.45, 0.2582, 0.6579],
    ["onsite", 0.85, 0.7939, 0.8929],
  ])("F33 the interval of %s", async (key, rate, lo, hi) => {
    const found = channel(await consistency("Example F33"), key);
    expect([found?.rate, found?.lo, found?.hi].map(round)).toEqual([rate, lo, hi]);
  });

  test("F34 rates pulled towards the whole", async () => {
    const report = await consistency("Example F34", "&target=0.5");
    expect([report.mu, report.rho, report.strength].map(round)).toEqual([0.4716, 0.1325, 6.5445]);
    const pulled = ["phone", "email", "chat", "onsite", "sms"].map((key) => round(channel(report, key)?.shrunken));
    expect(pulled).toEqual([0.3105, 0.5459, 0.6805, 0.354, 0.3241]);
    const dov = channel(report, "onsite");
    expect([dov?.lo90, dov?.hi90, dov?.chanceToReach].map(round)).toEqual([0.1471, 0.5908, 0.1497]);
  });

  test("F34b full pooling where nothing spreads beyond chance", async () => {
    const report = await consistency("Example F34b");
    expect([report.rho, report.strength].map(round)).toEqual([-0.0417, 1000]);
  });

  test("F35 inconsistent, with e-mail the worst", async () => {
    const report = await consistency("Example F35");
    expect(report).toMatchObject({ verdict: "inconsistent", reason: "channels_differ", worst: "email", target: 0.8 });
    expect([report.level, report.tau, report.cci, report.gap].map(round)).toEqual([0.8146, 0.0373, 0.9041, 0.0954]);
    const chances = ["phone", "email", "chat", "onsite", "sms"].map((key) =>
      round(channel(report, key)?.chanceToReach),
    );
    expect(chances).toEqual([0.9631, 0.1093, 0.7404, 0.9421, 0.3465]);
    expect([report.judgedChannels?.chiSquare, report.judgedChannels?.p].map(round)).toEqual([8.6429, 0.0344]);
    expect([report.allChannels?.chiSquare, report.allChannels?.curveP].map(round)).toEqual([11.5717, 0.0208]);
    expect(channel(report, "sms")).toMatchObject({ k: 6, n: 10, isJudged: false });
  });

  test("F35b customers whom every channel served well", async () => {
    expect((await consistency("Example F35b")).customers).toMatchObject({ k: 3, n: 5, rate: 0.6 });
    expect((await consistency("Example F35b", "&weeks=0")).customers).toMatchObject({ k: 3, n: 5, rate: 0.6 });
    expect((await read<ConsistencyReport>("/reports/consistency?by=routes&type=Example+F35b")).customers).toMatchObject(
      { k: 3, n: 5 },
    );
  });

  test("F36 the fourth week is below its limit", async () => {
    const { weekly } = await charts("type=Example+F36");
    expect(weekly[0]?.weeks.map(({ k, n }) => `${k}/${n}`)).toEqual([
      "34/40",
      "43/50",
      "40/45",
      "18/30",
      "51/60",
      "16/20",
    ]);
    const signals = weekly[0]?.signals;
    expect(
      [signals?.centre, signals?.points[3]?.lcl, signals?.points[2]?.lcl, signals?.points[2]?.ucl].map(round),
    ).toEqual([0.8245, 0.6161, 0.6544, 0.9946]);
    expect(signals?.alerts).toEqual([3]);
  });

  test("F36d who stands outside the funnel", async () => {
    const { people } = await charts("type=Example+F36d&target=0.55");
    const of = (name: string) => people.units.find(({ unit }) => unit.name === name);
    expect(of("Ann Aster")?.stand).toBe("alarm");
    expect(of("Cal Cole")?.stand).toBe("alert");
    expect(of("Dov Dror")?.stand).toBe("too_few");
    const limits = of("Ben Brandt")?.limits;
    expect([limits?.alertLo, limits?.alertHi, limits?.alarmLo, limits?.alarmHi].map(round)).toEqual([
      0.461, 0.639, 0.4097, 0.6903,
    ]);
  });

  test("F89 this half year beside the one before", async () => {
    const { change } = await charts("type=Example+F89");
    expect([change?.now, change?.before].map((rate) => [rate?.k, rate?.n])).toEqual([
      [28, 80],
      [14, 80],
    ]);
    const { difference, lo, hi } = change?.difference ?? {};
    expect([difference, lo, hi].map(round)).toEqual([0.175, 0.0385, 0.3035]);
    expect((await charts("type=Example+F89&weeks=0")).change).toBeNull();
  });

  test("F90 five shares judged at once, the first four low beyond chance", async () => {
    const { cells } = await charts("type=Example+F90");
    const five = ["phone", "", "email", "chat", "sms"].map((medium) => cells.find((cell) => cell.medium === medium));
    expect(five.map((cell) => round(cell?.chance))).toEqual([0.001, 0.012, 0.03, 0.04, 0.2]);
    expect(five.map((cell) => round(cell?.adjusted))).toEqual([0.005, 0.03, 0.05, 0.05, 0.2]);
    expect(five.map((cell) => cell?.isBelow)).toEqual([true, true, true, true, false]);
    expect(cells.filter(({ adjusted }) => adjusted === null)).toHaveLength(4);
  });

  test("F91 how soon those answered who were asked", async () => {
    const { hours, answered } = await read<SilenceReport>("/reports/silence?type=Example+F91");
    expect([answered, hours?.median, hours?.p80, hours?.p90].map(round)).toEqual([5, 7, 14.8, 22.4]);
    expect((await read<SilenceReport>("/reports/silence?type=Example+F90")).hours).toBeNull();
  });

  test("what is counted is what a recount finds", async () => {
    expect(await countersOf(ctx)).toEqual(await recountOf(ctx));
  });
});

const run = <T>(work: () => Promise<T>) => inWorkspace(ctx.workspaceId, work);
const drivers = (type: string, target?: number) =>
  run(() => getDrivers(ctx, GetDrivers.parse({ type, ...(target ? { target } : {}) })));

describe("the worked examples of the drivers, read off their page's query", () => {
  test.each(["Example F38", "Example F38b"])("%s splits what customers say among three moments", async (type) => {
    const { moments, voice, run: about } = await drivers(type);
    const of = (name: string) => moments.find((moment) => moment.name === name);
    const three = ["Responsiveness", "Clarity", "Follow-through"].map(of);
    expect(voice).toMatchObject({ status: "estimated", method: "shapley", n: 160, draws: 200 });
    expect(round(voice?.status === "estimated" ? voice.rSquared : null)).toBe(0.4348);
    expect(three.map((each) => round(each?.beta))).toEqual([0.2452, 0.4129, 0.1613]);
    expect(three.map((each) => round(each?.weight))).toEqual([0.1335, 0.2244, 0.077]);
    expect(three.map((each) => round(each?.share))).toEqual([0.3069, 0.5159, 0.1771]);
    expect(three.map((each) => round(each?.johnson))).toEqual([0.1345, 0.2217, 0.0787]);
    expect(three.map((each) => round(each?.johnsonShare))).toEqual([0.3093, 0.5098, 0.1809]);
    for (const each of three) expect((each?.interval?.lo ?? 1) < (each?.share ?? 0)).toBe(true);
    expect(about).toMatchObject({ seed: 38 });
  });

  test("F38c splits won and lost between a fast reply and a named next step", async () => {
    const { outcome, outcomes } = await drivers("Example F38c");
    expect(outcome).toMatchObject({ status: "estimated", n: 150, k: 70 });
    if (outcome?.status !== "estimated") return;
    expect([outcome.nullLogLikelihood, outcome.logLikelihood, outcome.rSquared, outcome.intercept].map(round)).toEqual([
      -103.6385, -91.5611, 0.1165, -1.3469,
    ]);
    const two = ["Fast reply", "Next step named"].map((name) => outcomes.find((each) => each.name === name));
    expect(two.map((each) => round(each?.beta))).toEqual([0.9058, 1.3128]);
    expect(two.map((each) => round(each?.oddsRatio))).toEqual([2.4739, 3.7166]);
    expect(two.map((each) => round(each?.alone))).toEqual([0.0492, 0.0852]);
    expect(two.map((each) => round(each?.weight))).toEqual([0.0402, 0.0763]);
    expect(two.map((each) => round(each?.share))).toEqual([0.3453, 0.6547]);
  });

  test("F39 what mending each of three moments is worth", async () => {
    const { moments, voice, ranked } = await drivers("Example F39", 0.85);
    const three = ["Handover call", "First reply", "Price explanation"].map((name) =>
      moments.find((moment) => moment.name === name),
    );
    expect(three.map((each) => [round(each?.share), round(each?.shrunken), each?.volume])).toEqual([
      [0.34, 0.71, 400],
      [0.25, 0.88, 900],
      [0.41, 0.8, 150],
    ]);
    expect(three.map((each) => round(each?.priority))).toEqual([19.04, 0, 3.075]);
    expect(three.map((each) => each?.place)).toEqual([1, 3, 2]);
    expect(ranked).toHaveLength(3);
    // The API tells the same in its documented shape, which its door holds every answer against here.
    const told = await read<Awaited<ReturnType<typeof drivers>>>("/reports/drivers?type=Example+F39&target=0.85");
    expect([told.moments, told.voice, told.ranked, told.run?.seed]).toEqual([moments, voice, ranked, 38]);
    expect(moments.filter(({ place }) => place === null).map(({ name }) => name)).toEqual(["Welcome", "Thanks given"]);
  });

  test("every number has the contacts behind it", async () => {
    const { run: about, moments } = await drivers("Example F39", 0.85);
    const [first] = moments;
    const rows = (filter: object) =>
      run(() => listSeen(ctx, SeenInput.parse({ run: about?.id, limit: 200, type: "Example F39", ...filter })));
    const momentId = moments.find(({ name }) => name === "Price explanation")?.momentId;
    expect((await rows({ momentId })).data).toHaveLength(150);
    expect((await rows({ momentId, state: "missed" })).data).toHaveLength(41);
    expect((await rows({ momentId, rated: "any" })).data).toHaveLength(115);
    expect((await rows({ momentId, rated: "positive" })).data).toHaveLength(92);
    const page = await rows({ momentId: first?.momentId });
    expect([page.data.length, page.nextCursor === null]).toEqual([200, false]);
    const ended = await run(() => listSeen(ctx, SeenInput.parse({ run: about?.id, ended: "won", limit: 200 })));
    expect(ended.data).toHaveLength(70);
  });
});

test("F32 and F32b stand beside the contact: met at .70, not met where a critical criterion was missed", async () => {
  const { data } = await run(() => listRated(ctx, RatedInput.parse({ type: "Example F32" })));
  expect(data.map(({ standard }) => [round(standard?.raw), standard?.meets])).toEqual([
    [0.55, false],
    [0.7, true],
  ]);
});

test("F37 the speed of ten weeks on a plain scale signals in the eighth", async () => {
  const { speed } = await charts("type=Example+F37&scale=plain");
  expect(speed.weeks.map(({ minutes }) => minutes)).toEqual([12, 14, 11, 13, 15, 12, 14, 30, 13, 12]);
  const { mean, meanRange, upper, lower, rangeUpper, points } = speed.chart ?? {};
  expect([mean, meanRange, upper, lower, rangeUpper].map(round)).toEqual([14.6, 5.3333, 28.7867, 0.4133, 17.4293]);
  expect(points?.flatMap(({ signals }, place) => (signals.length > 0 ? [place + 1] : []))).toEqual([8]);
  expect(points?.some(({ isRangeSignal }) => isRangeSignal)).toBe(false);
});
