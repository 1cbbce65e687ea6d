import { expect, test } from "vitest";
import { database, inWorkspace } from "@/lib/db";
import { Prisma } from "@/lib/generated/prisma/client";
import { makeWorkspace } from "../../support/factories";

// Raw statements go past Prisma's client; what they take and answer must be what it would.

test("a raw statement takes and answers every kind of value as Prisma's client does", async () => {
  const { id } = await makeWorkspace();
  const at = new Date("2026-03-29T01:30:00.123Z");
  const [row] = await inWorkspace(
    id,
    () => database().$queryRaw<
      unknown[]
    >`select ${at}::timestamptz as at, ${[at]}::timestamptz[] as many, date '2026-03-29' as day,
      timestamp '2026-03-29 01:30:00.5' as wall, timestamptz '2026-03-29 01:30:00.5+05:30' as elsewhere, 9007199254740993::int8 as big,
      0.1::numeric as exact, 7::int4 as small, true as yes, ${null}::text as nothing, ${["a", 'b"c', null]}::text[] as words,
      ${id}::uuid as id, jsonb_build_object('a', 1) as json, '\\x00ff'::bytea as bytes`,
  );
  expect(row).toEqual({
    at,
    many: [at],
    day: new Date("2026-03-29T00:00:00Z"),
    wall: new Date("2026-03-29T01:30:00.500Z"),
    elsewhere: new Date("2026-03-28T20:00:00.500Z"),
    big: 9007199254740993n,
    exact: new Prisma.Decimal("0.1"),
    small: 7,
    yes: true,
    nothing: null,
    words: ["a", 'b"c', null],
    id,
    json: { a: 1 },
    bytes: Buffer.from([0, 255]),
  });
});

test("a statement that fails says its own reason, and the next one finds a sound connection", async () => {
  const { id } = await makeWorkspace();
  const broken = inWorkspace(id, () => database().$queryRaw`select 1 / ${0}::int`);
  await expect(broken).rejects.toMatchObject({ code: "22012" });
  expect(await inWorkspace(id, () => database().$queryRaw`select 1 as one`)).toEqual([{ one: 1 }]);
});
