import pg from "pg";
import { expect, test } from "vitest";
import { endpoints } from "@/lib/api/routes";
import { systemContext } from "@/lib/auth/context";
import { inWorkspace } from "@/lib/db";
import { assignItem, createItem } from "@/lib/enablement/commands";
import { listNotes, writeNote } from "@/lib/enablement/notes";
import { getEnablementScreen } from "@/lib/enablement/queries";
import { AssignItem, CreateItem } from "@/lib/enablement/schema";
import { serve } from "@/lib/server/api";
import { makeMember, makeWorkspace } from "../../support/factories";
import { contextOf } from "../../support/story";
import { makeKeyOf } from "../api/client";

const secret = "canary-say-it-slower-7f3a";

test("what coach and coachee write is read by these two alone: no manager, admin, key, event, audit row or other table has it", async () => {
  const workspace = await makeWorkspace();
  const within = <T>(work: () => Promise<T>) => inWorkspace(workspace.id, work);
  const now = new Date();
  const boss = await contextOf(workspace, workspace.owner, now, ["owner", "admin", "manager"]);
  const coach = await makeMember(workspace, { name: "Cora Coach", roles: ["manager"] });
  const coachee = await makeMember(workspace, { name: "Ruth Lindqvist", roles: ["cs"], spoke: "cs" });
  const other = await makeMember(workspace, { name: "Omar Other", roles: ["cs"], spoke: "cs" });
  const moment = await within(() =>
    boss.db.definingMoment.findFirstOrThrow({ where: { workspaceId: workspace.id, name: "Handover call" } }),
  );
  const item = await within(() =>
    createItem(boss, CreateItem.parse({ momentId: moment.id, kind: "coaching", name: "Listening" })),
  );
  const wish = { id: item.id, memberIds: [coachee.memberId], coachId: coach.memberId };
  const dueAt = new Date(now.getTime() + 86_400_000).toISOString();
  const { ids } = await within(() => assignItem(boss, AssignItem.parse({ ...wish, dueAt })));
  const [assignmentId = ""] = ids;

  const asCoach = await contextOf(workspace, coach, now);
  const asCoachee = await contextOf(workspace, coachee, now);
  await within(() => writeNote(asCoach, { assignmentId, text: `${secret} one` }));
  await within(() => writeNote(asCoachee, { assignmentId, text: `${secret} two` }));
  for (const ctx of [asCoach, asCoachee]) {
    const notes = await within(() => listNotes(ctx, { assignmentId }));
    expect(notes.map(({ text }) => text)).toEqual([`${secret} one`, `${secret} two`]);
    expect(notes.filter(({ isMine }) => isMine)).toHaveLength(1);
  }

  const strangers = [
    boss,
    await contextOf(workspace, other, now, ["cs", "qa", "auditor"]),
    await systemContext(workspace.id),
    { ...asCoach, actor: { kind: "key" as const, id: coach.memberId } },
  ];
  for (const ctx of strangers) {
    await expect(within(() => listNotes(ctx, { assignmentId }))).rejects.toMatchObject({ code: "not_found" });
    await expect(within(() => writeNote(ctx, { assignmentId, text: "Let me in." }))).rejects.toMatchObject({
      code: "not_found",
    });
    expect(JSON.stringify(await within(() => getEnablementScreen(ctx, {})))).not.toContain(secret);
  }

  const handle = serve(endpoints);
  for (const who of [boss, asCoach, asCoachee]) {
    const key = await makeKeyOf(who, who === asCoachee ? "cs" : "manager");
    for (const { path } of endpoints.filter(({ method, path }) => method === "GET" && !path.includes("{"))) {
      const headers = { authorization: `Bearer ${key.secret}` };
      const response = await handle(new Request(`http://localhost/api/v1${path}`, { headers }));
      if (path === "/events/stream") continue;
      expect((await response.text()).includes(secret), path).toBe(false);
    }
  }

  const owner = new pg.Client({ connectionString: process.env.DATABASE_OWNER_URL });
  await owner.connect();
  const { rows: tables } = await owner.query<{ name: string }>(
    "select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'",
  );
  const holding: string[] = [];
  for (const { name } of tables) {
    const table = owner.escapeIdentifier(name);
    const { rowCount } = await owner.query(`select 1 from ${table} t where t::text like $1 limit 1`, [`%${secret}%`]);
    if (rowCount) holding.push(name);
  }
  await owner.end();
  expect(holding).toEqual(["coaching_notes"]);
});

test("another workspace's assignment has no notes here", async () => {
  const [ours, theirs] = [await makeWorkspace(), await makeWorkspace()];
  const now = new Date();
  const boss = await contextOf(theirs, theirs.owner, now, ["manager"]);
  const member = await makeMember(theirs, { roles: ["cs"] });
  const moment = await inWorkspace(theirs.id, () =>
    boss.db.definingMoment.findFirstOrThrow({ where: { workspaceId: theirs.id, name: "Handover call" } }),
  );
  const dueAt = new Date(now.getTime() + 86_400_000).toISOString();
  const { ids } = await inWorkspace(theirs.id, async () => {
    const { id } = await createItem(
      boss,
      CreateItem.parse({ momentId: moment.id, kind: "coaching", name: "Listening" }),
    );
    return assignItem(boss, AssignItem.parse({ id, memberIds: [member.memberId], dueAt }));
  });
  const me = await contextOf(ours, ours.owner, now, ["manager"]);
  const [assignmentId = ""] = ids;
  await expect(inWorkspace(ours.id, () => listNotes(me, { assignmentId }))).rejects.toMatchObject({
    code: "not_found",
  });
});
