import { expect, test } from "vitest";
import { systemContext } from "@/lib/auth/context";
import { inWorkspace } from "@/lib/db";
import { contextOfKey } from "@/lib/keys/access";
import { createKey } from "@/lib/keys/commands";
import { listKeys } from "@/lib/keys/queries";
import { CreateKey } from "@/lib/keys/schema";
import { makeWorkspace } from "../../support/factories";

const day = 86_400_000;

test("A13 a key for thirty days opens until then and nothing afterwards, and the list says so", async () => {
  const workspace = await makeWorkspace();
  const ctx = await systemContext(workspace.id, { roles: ["owner"] });
  const days30 = CreateKey.parse({ name: "Till month's end", role: "osc", days: 30 });
  const { secret } = await inWorkspace(workspace.id, () => createKey(ctx, days30));
  const after = (days: number) => new Date(ctx.now.getTime() + days * day);
  expect((await contextOfKey(secret, after(29.9))).workspaceId).toBe(workspace.id);
  await expect(contextOfKey(secret, after(30))).rejects.toMatchObject({ code: "unauthenticated" });
  const seen = (now: Date) => inWorkspace(workspace.id, () => listKeys({ ...ctx, now }));
  expect(await seen(after(1))).toMatchObject([{ expiresAt: after(30).toISOString(), isExpired: false }]);
  expect(await seen(after(31))).toMatchObject([{ isExpired: true }]);
});

test("a key without a span holds until it is revoked, and a span is between a day and ten years", async () => {
  const workspace = await makeWorkspace();
  const ctx = await systemContext(workspace.id, { roles: ["owner"] });
  const { secret } = await inWorkspace(workspace.id, () => createKey(ctx, { name: "Open", role: "osc" }));
  const later = new Date(ctx.now.getTime() + 5000 * day);
  expect((await contextOfKey(secret, later)).workspaceId).toBe(workspace.id);
  for (const days of [0, -1, 1.5, 3651, "30"])
    expect(CreateKey.safeParse({ name: "x", role: "osc", days }).success).toBe(false);
});
