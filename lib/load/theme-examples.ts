import type { Context } from "../context";
import { newId } from "../identifiers";
import { getRound, markComment, startRound } from "../themes/coding";
import { retag } from "../themes/tagging";
import { record, transaction } from "../transaction";
import { actingAs } from "./example-frame";
import { tellExample } from "./tell-example";

type Said = { outcome: number; comment: string };

const repeat = (count: number, said: Said) =>
  Array.from({ length: count }, () => ({ medium: "phone", said: { expectation: 4, ...said } }));

const good = 4;
const poor = 2;
const aboutPrice = "The price came as a surprise.";
const about = { good: "All well, thank you.", poor: "Not what I had hoped for." };

/** 24 of 200 comments speak of the price, 18 of them after bad contacts, 50 of which there are among all (DOMAIN F40). */
const lifted = [
  ...repeat(18, { outcome: poor, comment: aboutPrice }),
  ...repeat(6, { outcome: good, comment: aboutPrice }),
  ...repeat(32, { outcome: poor, comment: about.poor }),
  ...repeat(144, { outcome: good, comment: about.good }),
];

/** What two readers see in a hundred comments: 40 both, 5 the first alone, 10 the second alone, 45 neither (DOMAIN F40b). */
const seen = (place: number) => ({ first: place < 45, second: place < 40 || (place >= 45 && place < 55) });

type Scene = { customerIds: readonly string[]; ownerId: string };

/** A reader of comments besides the owner. */
async function makeReader(ctx: Context): Promise<string> {
  const id = newId();
  const { workspaceId } = ctx;
  const reader = { name: "Fay Farrow", roles: ["qa"] };
  await transaction(ctx, async (ctx) => {
    await ctx.db.member.create({ data: { workspaceId, id, ...reader, status: "invited" } });
    record(ctx, "member.added", { subject: `member:${id}`, detail: reader });
  });
  return id;
}

/** Both read every comment, neither seeing the other's tags. */
async function codeTwice(ctx: Context, firstId: string, secondId: string): Promise<void> {
  await transaction(ctx, async (ctx) => {
    const round = { firstId, secondId, type: "Example F40b", weeks: 0, share: 1, seed: 40 };
    const { id: roundId } = await startRound({ ...ctx, roles: ["manager"] }, round);
    for (const [coder, name] of [
      [firstId, "first"],
      [secondId, "second"],
    ] as const) {
      const reader = actingAs(ctx, coder, "qa");
      const { items, themes } = await getRound(reader, roundId);
      const price = themes.find((theme) => theme.name === "Price clarity")?.themeId ?? "";
      for (const [place, { responseId }] of items.entries())
        await markComment(reader, { roundId, responseId, themeIds: seen(place)[name] ? [price] : [] });
    }
  });
}

/** The worked examples of themes: lift under one type, the agreement of two readers under another; tagged by the product's rules. */
export async function tellThemes(ctx: Context, { customerIds, ownerId }: Scene): Promise<void> {
  const scene = { customerIds, agents: new Map<string, string>() };
  await tellExample(ctx, { type: "Example F40", ratings: lifted }, scene);
  const plain = repeat(100, { outcome: good, comment: aboutPrice });
  await tellExample(ctx, { type: "Example F40b", ratings: plain }, scene);
  let before: { at: string; id: string } | null | undefined;
  do before = (await retag(ctx, before ?? undefined)).next;
  while (before);
  await codeTwice(ctx, ownerId, await makeReader(ctx));
}
