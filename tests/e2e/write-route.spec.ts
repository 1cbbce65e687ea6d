import { databaseTransaction } from "@/lib/db";
import { makeMember } from "../support/factories";
import { expect, test } from "../support/page";
import { contextOf, makeCustomer } from "../support/story";

test("a contact is taken in from our own pages as JSON, and from nobody else", async ({
  page,
  workspace,
  otherWorkspace,
  signIn,
  baseURL,
}) => {
  const osc = await makeMember(workspace, { name: "Dana Whitlock" });
  const { customerId } = await makeCustomer(await contextOf(workspace, osc, new Date()), osc);
  const theirs = await makeMember(otherWorkspace);
  const hidden = await makeCustomer(await contextOf(otherWorkspace, theirs, new Date()), theirs);
  await signIn(osc);
  const summary = "Asked about the plot";
  const log = async (slug: string, data: object | string, headers: Record<string, string>) => {
    const answer = await page.request.post(`/api/w/${slug}/interactions`, { data, headers });
    return { status: answer.status(), body: (await answer.json()) as { ok: boolean; error?: { code: string } } };
  };
  const contact = { customerId, medium: "phone", direction: "outbound", summary };
  const own = { origin: baseURL ?? "", "content-type": "application/json" };

  expect(await log(workspace.slug, contact, { ...own, origin: "https://elsewhere.example" })).toMatchObject({
    status: 403,
    body: { ok: false, error: { code: "forbidden" } },
  });
  const asText = await log(workspace.slug, JSON.stringify(contact), { ...own, "content-type": "text/plain" });
  expect(asText).toMatchObject({ status: 400, body: { ok: false } });
  for (const [slug, id] of [
    [otherWorkspace.slug, hidden.customerId],
    [workspace.slug, hidden.customerId],
  ] as const) {
    const { body } = await log(slug, { ...contact, customerId: id }, own);
    expect(body).toMatchObject({ ok: false, error: { code: "not_found" } });
  }
  expect((await log(workspace.slug, { ...contact, medium: "pigeon" }, own)).body.error?.code).toBe("invalid");
  expect((await log(workspace.slug, contact, own)).body.ok).toBe(true);
  const count = (id: string) =>
    databaseTransaction(id, (db) => db.interaction.count({ where: { workspaceId: id, summary } }));
  expect([await count(workspace.id), await count(otherWorkspace.id)]).toEqual([1, 0]);
});

test("what is read comes packed to who takes it packed, plain to who does not, and to a HEAD without a body", async ({
  page,
  workspace,
  signIn,
}) => {
  const osc = await makeMember(workspace);
  const ctx = await contextOf(workspace, osc, new Date());
  const { customerId } = await makeCustomer(ctx, osc, { name: "מאיה הלורן" });
  await signIn(osc);
  const path = `/api/w/${workspace.slug}/wheel/${customerId}`;
  const packed = await page.request.get(path, { headers: { "accept-encoding": "gzip" } });
  expect(packed.headers()["content-encoding"]).toBe("gzip");
  const plain = await page.request.get(path, { headers: { "accept-encoding": "identity" } });
  const text = await plain.text();
  expect(plain.headers()["content-encoding"]).toBeUndefined();
  expect([await packed.text(), JSON.parse(text).hub.customer.name]).toEqual([text, "מאיה הלורן"]);
  const head = await page.request.head(path);
  expect([head.status(), await head.text()]).toEqual([200, ""]);
});
