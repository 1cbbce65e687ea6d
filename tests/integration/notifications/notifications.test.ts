import { beforeAll, describe, expect, test } from "vitest";
import type { Context } from "@/lib/context";
import { inWorkspace } from "@/lib/db";
import { readNotifications } from "@/lib/notifications/commands";
import { notify } from "@/lib/notifications/notify";
import { countUnread, listNotifications, unreadAtMost } from "@/lib/notifications/queries";
import { nothingChanged, transaction } from "@/lib/transaction";
import { makeMember, makeWorkspace, type TestMember, type TestWorkspace } from "../../support/factories";
import { contextOf, makeCustomer } from "../../support/story";

const morning = new Date("2026-03-09T09:00:00Z");
const later = (minutes: number) => new Date(morning.getTime() + minutes * 60_000);

let workspace: TestWorkspace;
let osc: TestMember;
let designer: TestMember;
let customerId: string;
const within = <T>(work: () => Promise<T>) => inWorkspace(workspace.id, work);

async function tell(member: TestMember, at: Date, about: string | null, count = 1): Promise<void> {
  const ctx = await contextOf(workspace, workspace.owner, at);
  await within(() =>
    transaction(ctx, async (ctx) => {
      nothingChanged(ctx);
      for (let each = 0; each < count; each++) await notify(ctx, [member.memberId], about ? "baton" : "digest", about);
    }),
  );
}

const listOf = (ctx: Context) => within(() => listNotifications(ctx, {}));

describe("notifications", () => {
  beforeAll(async () => {
    workspace = await makeWorkspace();
    osc = await makeMember(workspace, { name: "Olga Osc" });
    designer = await makeMember(workspace, { name: "Noa Design", roles: ["design"], spoke: "design" });
    ({ customerId } = await makeCustomer(await contextOf(workspace, osc, morning), osc, { name: "Maya Halloran" }));
  });

  test("come newest first, with the customer's name, to the member alone", async () => {
    await tell(osc, later(1), customerId);
    await tell(osc, later(2), null);
    const ctx = await contextOf(workspace, osc, later(3));
    const { data, nextCursor } = await listOf(ctx);
    expect(data.map(({ kind, customerName, isRead }) => [kind, customerName, isRead])).toEqual([
      ["digest", "", false],
      ["baton", "Maya Halloran", false],
    ]);
    expect(nextCursor).toBeNull();
    expect(await within(() => countUnread(ctx))).toEqual({ unread: 2 });
    const other = await contextOf(workspace, designer, later(3));
    expect((await listOf(other)).data).toEqual([]);
    const elsewhere = await makeWorkspace();
    const foreign = { ...(await contextOf(elsewhere, elsewhere.owner, later(3))), memberId: osc.memberId };
    expect((await inWorkspace(elsewhere.id, () => listNotifications(foreign, {}))).data).toEqual([]);
  });

  test("are read up to what was seen; what came since stays new, and reading twice changes nothing", async () => {
    const ctx = await contextOf(workspace, osc, later(9));
    await tell(osc, later(8), null);
    expect(await within(() => readNotifications(ctx, { upTo: later(2).toISOString() }))).toEqual({ read: 2 });
    expect(await within(() => countUnread(ctx))).toEqual({ unread: 1 });
    expect(await within(() => readNotifications(ctx, { upTo: later(2).toISOString() }))).toEqual({ read: 0 });
    expect((await listOf(ctx)).data.map(({ isRead }) => isRead)).toEqual([false, true, true]);
  });

  test("about a customer who may no longer be seen are left out", async () => {
    await tell(designer, later(10), customerId);
    const ctx = await contextOf(workspace, designer, later(11));
    expect((await listOf(ctx)).data).toEqual([]);
  });

  test("come in pages, and counting stops at a hundred", async () => {
    const member = await makeMember(workspace, { name: "Much Told" });
    await tell(member, later(12), null, unreadAtMost + 20);
    const ctx = await contextOf(workspace, member, later(13));
    expect(await within(() => countUnread(ctx))).toEqual({ unread: unreadAtMost });
    const seen = new Set<string>();
    let cursor: string | undefined;
    for (let page = 0; page < 3; page++) {
      const { data, nextCursor } = await within(() => listNotifications(ctx, { cursor }));
      for (const { id } of data) seen.add(id);
      cursor = nextCursor ?? undefined;
    }
    expect(cursor).toBeUndefined();
    expect(seen.size).toBe(unreadAtMost + 20);
    await expect(within(() => listNotifications(ctx, { cursor: "nonsense" }))).rejects.toMatchObject({
      code: "invalid",
    });
  });
});
