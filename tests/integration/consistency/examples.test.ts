import { beforeAll, describe, expect, test } from "vitest";
import { endpoints } from "@/lib/api/routes";
import { systemContext } from "@/lib/auth/context";
import { getConsistencyBoard } from "@/lib/consistency/queries";
import { BoardInput, type ConsistencyReport, type VoiceReport } from "@/lib/consistency/schema";
import type { Context } from "@/lib/context";
import { inWorkspace } from "@/lib/db";
import { newId } from "@/lib/identifiers";
import { seedExamples } from "@/lib/load/examples";
import { serve } from "@/lib/server/api";
import { countersOf, recountOf } from "../../support/voices";
import { makeKeyOf } from "../api/client";

let ctx: Context;
let secret: string;
const handle = serve(endpoints);

beforeAll(async () => {
  const { workspaceId } = await seedExamples(`examples-${newId().slice(-8)}`);
  ctx = await systemContext(workspaceId);
  ({ secret } = await makeKeyOf(ctx, "manager"));
}, 120_000);

async function read<T>(path: string): Promise<T> {
  const response = await handle(
    new Request(`http://localhost/api/v1${path}`, { headers: { authorization: `Bearer ${secret}` } }),
  );
  expect(response.status, path).toBe(200);
  return (await response.json()) as T;
}

const consistency = (type: string, rest = "") =>
  read<ConsistencyReport>(`/reports/consistency?by=media&type=${encodeURIComponent(type)}${rest}`);
const voice = (type: string) => read<VoiceReport>(`/reports/voice?type=${encodeURIComponent(type)}`);
const channel = (report: ConsistencyReport, key: string) => report.channels.find((each) => each.key === key);
const round = (value: number | null | undefined) => (typeof value === "number" ? Number(value.toFixed(4)) : value);

describe("the worked examples, read from the API", () => {
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
    const input = BoardInput.parse({ type: "Example F36" });
    const { weekly } = await inWorkspace(ctx.workspaceId, () => getConsistencyBoard(ctx, input));
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
    const input = BoardInput.parse({ type: "Example F36d", target: 0.55 });
    const { people } = await inWorkspace(ctx.workspaceId, () => getConsistencyBoard(ctx, input));
    const of = (name: string) => people.units.find(({ unit }) => unit.name === name);
    expect(of("Ann Aster")?.stand).toBe("alarm");
    expect(of("Cal Cole")?.stand).toBe("alert");
    expect(of("Dov Dror")?.stand).toBe("too_few");
    const limits = of("Ben Brandt")?.limits;
    expect([limits?.alertLo, limits?.alertHi, limits?.alarmLo, limits?.alarmHi].map(round)).toEqual([
      0.461, 0.639, 0.4097, 0.6903,
    ]);
  });

  test("what is counted is what a recount finds", async () => {
    expect(await countersOf(ctx)).toEqual(await recountOf(ctx));
  });
});
