import { expect, test } from "vitest";
import { recordConsent } from "@/lib/consents/commands";
import { consentsOf, listConsents } from "@/lib/consents/queries";
import { RecordConsent } from "@/lib/consents/schema";
import type { Context } from "@/lib/context";
import { getCustomer } from "@/lib/customers/queries";
import { databaseTransaction, inWorkspace } from "@/lib/db";
import { makeCrew, takeIn } from "../../support/hubs";

const within = <T>(ctx: Context, work: () => Promise<T>) => inWorkspace(ctx.workspaceId, work);
const say = (ctx: Context, input: Parameters<typeof RecordConsent.parse>[0]) =>
  within(ctx, () => recordConsent(ctx, RecordConsent.parse(input)));

async function makeHousehold() {
  const crew = await makeCrew();
  const ctx = await crew.oscContext();
  const { id: customerId } = await takeIn(ctx, { persons: [{ name: "Maya Halloran" }, { name: "Tom Halloran" }] });
  const { persons } = await within(ctx, () => getCustomer(ctx, { id: customerId }));
  const [maya, tom] = persons.map(({ id }) => id);
  return { crew, ctx, customerId, maya: maya ?? "", tom: tom ?? "" };
}

test("the latest word holds, a refusal beats a grant of the same instant, and one refusal counts for the household", async () => {
  const { ctx, customerId, maya, tom } = await makeHousehold();
  const at = new Date(ctx.now.getTime() - 60_000).toISOString();
  await say(ctx, { customerId, personId: maya, medium: "phone", state: "granted", at });
  expect((await within(ctx, () => consentsOf(ctx, [customerId]))).get(customerId)).toEqual({
    phone: "granted",
    sms: "unknown",
    email: "unknown",
  });
  await say(ctx, { customerId, personId: maya, medium: "phone", state: "revoked", at });
  expect((await within(ctx, () => consentsOf(ctx, [customerId]))).get(customerId)?.phone).toBe("denied");
  await say(ctx, { customerId, personId: maya, medium: "phone", state: "granted" });
  await say(ctx, { customerId, personId: tom, medium: "email", state: "denied" });
  expect((await within(ctx, () => consentsOf(ctx, [customerId]))).get(customerId)).toEqual({
    phone: "granted",
    sms: "unknown",
    email: "denied",
  });
  expect(await within(ctx, () => listConsents(ctx, { customerId }))).toHaveLength(2);
});

test("every word leaves an audit row and stays as it was said", async () => {
  const { ctx, customerId, maya } = await makeHousehold();
  const { id } = await say(ctx, { customerId, personId: maya, medium: "email", state: "granted" });
  const { workspaceId } = ctx;
  const entries = await databaseTransaction(workspaceId, (db) =>
    db.auditEntry.findMany({ where: { workspaceId, action: "consent.changed" } }),
  );
  expect(entries).toHaveLength(1);
  await expect(
    databaseTransaction(workspaceId, (db) =>
      db.consent.updateMany({ where: { workspaceId, id }, data: { state: "denied" } }),
    ),
  ).rejects.toThrow();
});

test("nothing is recorded from the future, by QA, or for another workspace's person", async () => {
  const { crew, ctx, customerId, maya } = await makeHousehold();
  const word = { customerId, personId: maya, medium: "email", state: "granted" } as const;
  await expect(say(ctx, { ...word, at: new Date(ctx.now.getTime() + 60_000).toISOString() })).rejects.toMatchObject({
    code: "invalid",
  });
  await expect(say(await crew.as(crew.osc, ["qa"]), word)).rejects.toMatchObject({ code: "forbidden" });
  const stranger = await (await makeCrew()).oscContext();
  await expect(say(stranger, word)).rejects.toMatchObject({ code: "not_found" });
  await expect(within(stranger, () => listConsents(stranger, { customerId }))).rejects.toMatchObject({
    code: "not_found",
  });
  expect((await within(stranger, () => consentsOf(stranger, [customerId]))).get(customerId)?.email).toBe("unknown");
});
