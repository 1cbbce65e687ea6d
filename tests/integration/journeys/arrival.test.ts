import { beforeAll, expect, test } from "vitest";
import { createCustomer } from "@/lib/customers/create";
import { CreateCustomer } from "@/lib/customers/schema";
import { inWorkspace } from "@/lib/db";
import { makeMember, makeWorkspace, type TestMember, type TestWorkspace } from "../../support/factories";
import { contextOf } from "../../support/story";

const monday = new Date("2026-03-02T10:00:00Z");
let workspace: TestWorkspace;
let oscs: TestMember[];

beforeAll(async () => {
  workspace = await makeWorkspace();
  oscs = [
    await makeMember(workspace, { name: "Dana A" }),
    await makeMember(workspace, { name: "Mara B" }),
    await makeMember(workspace, { name: "Noga C" }),
  ];
});

test("R02 two hundred leads at once get one owner each, spread evenly", { timeout: 60_000 }, async () => {
  const manager = await contextOf(workspace, workspace.owner, monday, ["manager"]);
  const arrive = (index: number) =>
    inWorkspace(workspace.id, () =>
      createCustomer(
        manager,
        CreateCustomer.parse({
          name: `Lead ${index} ${"abcdefghij"[index % 10]}${index * 7919}`,
          persons: [{ name: `Person ${index}`, emails: [`lead${index}@example.com`] }],
        }),
      ),
    );
  await Promise.all(Array.from({ length: 200 }, (_each, index) => arrive(index)));
  const counts = await inWorkspace(workspace.id, () =>
    manager.db.journey.groupBy({ by: ["oscId"], where: { workspaceId: workspace.id }, _count: true }),
  );
  expect(counts.map(({ oscId }) => oscId).sort()).toEqual(oscs.map(({ memberId }) => memberId).sort());
  const held = counts.map(({ _count }) => _count);
  expect(Math.max(...held) - Math.min(...held)).toBeLessThanOrEqual(1);
  const reasons = await inWorkspace(workspace.id, () =>
    manager.db.oscAssignment.findMany({ where: { workspaceId: workspace.id }, select: { reason: true } }),
  );
  expect(reasons.every(({ reason }) => ["round_robin", "load"].includes(reason))).toBe(true);
});

test("at night the named lead of the coverage group catches who arrives", async () => {
  const night = await contextOf(workspace, workspace.owner, new Date("2026-03-02T23:00:00Z"), ["manager"]);
  const { id } = await inWorkspace(workspace.id, () =>
    createCustomer(night, CreateCustomer.parse({ persons: [{ name: "Night Owl", phones: ["+12065550199"] }] })),
  );
  const journey = await inWorkspace(workspace.id, () =>
    night.db.journey.findFirstOrThrow({ where: { workspaceId: workspace.id, customerId: id } }),
  );
  expect(journey.oscId).toBe(workspace.owner.memberId);
});
