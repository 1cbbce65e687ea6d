import pg from "pg";
import { afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { contextOfSession } from "@/lib/auth/context";
import { openSession } from "@/lib/auth/token";
import type { Context } from "@/lib/context";
import { ListCustomers } from "@/lib/customers/filter";
import { listCustomers } from "@/lib/customers/list";
import { inWorkspace } from "@/lib/db";
import { getQueue } from "@/lib/home/queries";
import { getWheel } from "@/lib/hub/wheel";
import { logInteraction } from "@/lib/interactions/commands";
import { LogInteraction } from "@/lib/interactions/schema";
import { makeMember, makeSession, makeWorkspace, type TestMember, type TestWorkspace } from "../../support/factories";
import { contextOf, makeCustomer } from "../../support/story";

// How many statements one request may send, the session included; BEGIN, who is asking and COMMIT travel along and do not count.

let workspace: TestWorkspace;
let osc: TestMember;
let customerId: string;
let cookie: string;
let sent: string[] = [];

const query = pg.Client.prototype.query;
const travels = /^(BEGIN|COMMIT|ROLLBACK|select app\.set_(tenant|user))/i;

beforeAll(async () => {
  workspace = await makeWorkspace();
  osc = await makeMember(workspace);
  ({ customerId } = await makeCustomer(await contextOf(workspace, osc, new Date()), osc));
  cookie = (await makeSession(osc.userId)).value;
});

beforeEach(() => {
  sent = [];
  pg.Client.prototype.query = function counted(this: pg.Client, ...args: unknown[]) {
    const [first] = args;
    const text = typeof first === "string" ? first : ((first as { text?: string } | undefined)?.text ?? "");
    if (!travels.test(text)) sent.push(text);
    return Reflect.apply(query, this, args);
  } as typeof query;
});

afterEach(() => {
  pg.Client.prototype.query = query;
});

async function asSignedIn<T>(work: (ctx: Context) => Promise<T>): Promise<T> {
  const session = await openSession(cookie);
  const ctx = session && (await contextOfSession(session, workspace.slug));
  if (!ctx) throw new Error("no session");
  return inWorkspace(ctx.workspaceId, () => work(ctx));
}

test("a list costs at most three", async () => {
  await asSignedIn((ctx) => listCustomers(ctx, ListCustomers.parse({})));
  expect(sent.length).toBeLessThanOrEqual(3);
});

test("Home costs at most three", async () => {
  await asSignedIn(getQueue);
  expect(sent.length).toBeLessThanOrEqual(3);
});

test("the Wheel with its latest fifty lines costs at most four", async () => {
  await asSignedIn((ctx) => getWheel(ctx, customerId));
  expect(sent.length).toBeLessThanOrEqual(4);
});

test("logging a contact, completing what was expected and setting what comes next, costs at most six", async () => {
  const input = LogInteraction.parse({
    customerId,
    medium: "phone",
    direction: "outbound",
    isTwoWay: true,
    completesNext: true,
    next: { name: "Visit", due: { unit: "business_days", amount: 2 } },
  });
  await asSignedIn((ctx) => logInteraction(ctx, input));
  expect(sent).toHaveLength(6);
});
