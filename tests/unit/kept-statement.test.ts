import fc from "fast-check";
import { expect, test } from "vitest";
import { Prisma } from "@/lib/generated/prisma/client";
import { keptStatement } from "@/lib/kept-statement";

type Values = { id: string; team: string | null; before: Date | null };

/** A statement with parts that come and go, a value that is used twice, and one that is always the same. */
function build({ id, team, before }: Values, roles: readonly string[]): Prisma.Sql {
  const own = Prisma.sql`osc_id = ${id}`;
  return Prisma.sql`select 1 from journeys where ${roles.includes("manager") ? Prisma.sql`true` : own}
    ${team === null ? Prisma.empty : Prisma.sql`and team_id = ${team}`} ${before ? Prisma.sql`and at < ${before}` : Prisma.empty}
    and ${own} and state = ${"open"} limit ${roles.length}`;
}

const values = fc.record<Values>({
  id: fc.uuid(),
  team: fc.option(fc.string({ minLength: 0, maxLength: 4 })),
  before: fc.option(fc.date({ noInvalidDate: true })),
});

test("whoever asked before, a kept statement is the one that would be built anew", () => {
  const statement = keptStatement(build);
  const asked = fc.array(fc.tuple(values, fc.subarray(["osc", "manager", "sales"])), { minLength: 1, maxLength: 30 });
  fc.assert(
    fc.property(asked, (calls) => {
      const made = calls.map(([given, roles]) => statement(given, roles));
      for (const [index, [given, roles]] of calls.entries()) {
        const fresh = build(given, roles);
        expect([made[index]?.text, made[index]?.values]).toEqual([fresh.text, fresh.values]);
      }
    }),
  );
});

test("its text is put together once for each shape and each set of values that are there", () => {
  let built = 0;
  const statement = keptStatement((given: Values, roles: readonly string[]) => {
    built += 1;
    return build(given, roles);
  });
  const call = (team: string | null, roles: string[]) => statement({ id: "x", team, before: null }, roles).text;
  const [first, again] = [call("a", ["osc"]), call("b", ["osc"])];
  expect([first === again, built]).toEqual([true, 1]);
  call(null, ["osc"]);
  call("a", ["manager"]);
  expect(built).toBe(3);
  for (let index = 0; index < 500; index++) call("a", [`role${index}`]);
  expect([call("c", ["osc"]), built]).toEqual([first, 504]);
});
