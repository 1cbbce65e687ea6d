import { expect, test } from "vitest";
import { systemContext } from "@/lib/auth/context";
import { getNextSteps } from "@/lib/consistency/next-steps";
import { inWorkspace } from "@/lib/db";
import { getDigestScreen } from "@/lib/digest/queries";
import { DigestsInput } from "@/lib/digest/schema";
import { getEnablement } from "@/lib/enablement/queries";
import { enablePeople, tellWeek } from "@/prisma/demo/enablement";
import { hearCustomers } from "@/prisma/demo/voices";
import { makeMember, makeWorkspace } from "../../support/factories";

test("in the demo a manager sees that the price training worked, who has it before him, and last week's digest", async () => {
  const workspace = await makeWorkspace();
  const ids = new Map<string, string>([["owner", workspace.owner.memberId]]);
  const crew = { dana: "osc", mara: "osc", marcus: "sales", ines: "sales", ruth: "cs", amir: "service" } as const;
  for (const [key, role] of Object.entries(crew)) {
    const member = await makeMember(workspace, { name: `The ${key}`, roles: [role], spoke: role });
    ids.set(key, member.memberId);
  }
  const now = new Date();
  await hearCustomers(workspace.id, ids, now);
  await enablePeople(workspace.id, ids, now);
  await tellWeek(workspace.id);
  const ctx = await systemContext(workspace.id);
  const board = await inWorkspace(workspace.id, () => getEnablement(ctx, {}));
  const [found] = board.effects?.items ?? [];
  expect(found?.effect).toMatchObject({ status: "estimated", verdict: "proven" });
  // The board of consistency says so too.
  const { worked } = await inWorkspace(workspace.id, () => getNextSteps(ctx, {}));
  expect([worked?.item.id, worked?.effect]).toEqual([found?.itemId, found?.effect]);
  expect(board.assignments.map(({ memberName, state }) => [memberName, state])).toEqual([
    ["The marcus", "assigned"],
    ["The ines", "verified"],
  ]);
  const cs = board.coverage.find(({ role }) => role === "cs");
  expect(cs?.missing.map(({ name }) => name)).toEqual(["The ruth"]);
  const screen = await inWorkspace(workspace.id, () => getDigestScreen(ctx, DigestsInput.parse({ spoke: "sales" })));
  const [digest] = screen.digests;
  expect(digest?.items.map(({ about }) => about.kind)).toEqual(expect.arrayContaining(["voice", "enablement"]));
  const quotes = digest?.items.flatMap((item) => item.quotes.map(({ text }) => text)) ?? [];
  expect(quotes.length).toBeGreaterThanOrEqual(2);
  expect(quotes.join(" ")).not.toMatch(/marcus/i);
}, 120_000);
