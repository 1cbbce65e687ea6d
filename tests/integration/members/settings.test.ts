import { expect, test } from "vitest";
import type { Context } from "@/lib/context";
import { databaseTransaction, inWorkspace } from "@/lib/db";
import { newId } from "@/lib/identifiers";
import {
  changeCalendar,
  changeWorkspace,
  createCalendar,
  createTeam,
  renameSpoke,
  renameTeam,
} from "@/lib/workspaces/commands";
import { getSettings, listCalendars, listSpokes, listTeams } from "@/lib/workspaces/queries";
import { ChangeCalendar, ChangeWorkspace, CreateCalendar } from "@/lib/workspaces/schema";
import { makeWorkspace } from "../../support/factories";
import { contextOf } from "../../support/people";

const within = <T>(ctx: Context, work: () => Promise<T>) => inWorkspace(ctx.workspaceId, work);
const week = {
  "0": [
    [540, 720],
    [780, 1080],
  ],
  "4": [[540, 1440]],
};

async function makeAdmin() {
  const workspace = await makeWorkspace();
  return { workspace, ctx: await contextOf(workspace, workspace.owner, ["admin"]) };
}

test("settings change under one version, and a second writer gets the row as it stands", async () => {
  const { workspace, ctx } = await makeAdmin();
  const input = ChangeWorkspace.parse({ version: 1, name: "Northwind South", firstResponseMinutes: 10, locale: "he" });
  await within(ctx, () => changeWorkspace(ctx, input));
  expect(await within(ctx, () => getSettings(ctx))).toMatchObject({
    name: "Northwind South",
    firstResponseMinutes: 10,
    version: 2,
  });
  await expect(within(ctx, () => changeWorkspace(ctx, { ...input, name: "Lost" }))).rejects.toMatchObject({
    code: "conflict",
    details: { current: { version: 2 } },
  });
  expect(await within(ctx, () => getSettings(ctx))).toMatchObject({ name: "Northwind South" });
  const audit = await databaseTransaction(workspace.id, (db) =>
    db.auditEntry.count({ where: { workspaceId: workspace.id, action: "settings.changed" } }),
  );
  expect(audit).toBe(1);
});

test("office hours, departments and teams are named, and nonsense is refused", async () => {
  const { ctx } = await makeAdmin();
  const calendar = { name: "South", timeZone: "Asia/Jerusalem", hours: week, holidays: ["2026-12-25", "2026-12-25"] };
  const { id } = await within(ctx, () => createCalendar(ctx, CreateCalendar.parse(calendar)));
  const change = ChangeCalendar.parse({ ...calendar, calendarId: id, version: 1, holidays: [] });
  await within(ctx, () => changeCalendar(ctx, change));
  await expect(within(ctx, () => changeCalendar(ctx, change))).rejects.toMatchObject({ code: "conflict" });
  expect((await within(ctx, () => listCalendars(ctx))).find((each) => each.id === id)).toMatchObject({
    hours: week,
    holidays: [],
  });
  const wrong = [{ hours: {} }, { hours: { "1": [[600, 500]] } }, { timeZone: "Mars/Base" }, { holidays: ["25.12."] }];
  for (const part of wrong) expect(CreateCalendar.safeParse({ ...calendar, ...part }).success).toBe(false);

  const [spoke] = await within(ctx, () => listSpokes(ctx));
  await within(ctx, () => renameSpoke(ctx, { spokeId: spoke?.id ?? "", name: "Concierge", nameHe: "" }));
  expect((await within(ctx, () => listSpokes(ctx)))[0]).toMatchObject({ name: "Concierge", key: "osc" });
  const { id: teamId } = await within(ctx, () => createTeam(ctx, { name: "Harbour" }));
  await within(ctx, () => renameTeam(ctx, { teamId, name: "Hill" }));
  expect(await within(ctx, () => listTeams(ctx))).toEqual([{ id: teamId, name: "Hill" }]);
});

test("only administrators change settings, and another workspace's rows are not there", async () => {
  const { workspace, ctx } = await makeAdmin();
  const other = await makeAdmin();
  const [spoke] = await within(other.ctx, () => listSpokes(other.ctx));
  const { id: teamId } = await within(other.ctx, () => createTeam(other.ctx, { name: "Theirs" }));
  const [calendar] = await within(other.ctx, () => listCalendars(other.ctx));
  const hours = CreateCalendar.parse({ name: "x", timeZone: "UTC", hours: week, holidays: [] });
  const attempts = (who: Context): (() => Promise<unknown>)[] => [
    () => renameSpoke(who, { spokeId: spoke?.id ?? "", name: "Ours", nameHe: "" }),
    () => renameTeam(who, { teamId, name: "Ours" }),
    () => changeCalendar(who, { ...hours, calendarId: calendar?.id ?? "", version: 1 }),
    () => changeWorkspace(who, { version: 1, calendarId: calendar?.id ?? "" }),
    () => changeWorkspace(who, { version: 1, coverageLeadId: other.workspace.owner.memberId }),
    () => changeWorkspace(who, { version: 1, coverageLeadId: newId() }),
  ];
  for (const attempt of attempts(ctx)) await expect(within(ctx, attempt)).rejects.toMatchObject({ code: "not_found" });
  const manager = await contextOf(workspace, workspace.owner, ["manager", "osc"]);
  for (const attempt of attempts(manager))
    await expect(within(manager, attempt)).rejects.toMatchObject({ code: "forbidden" });
  await expect(within(manager, () => getSettings(manager))).rejects.toMatchObject({ code: "forbidden" });
});
