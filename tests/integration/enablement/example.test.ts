import { expect, test } from "vitest";
import { systemContext } from "@/lib/auth/context";
import { createCustomer } from "@/lib/customers/create";
import { CreateCustomer } from "@/lib/customers/schema";
import { inWorkspace } from "@/lib/db";
import { getEnablement } from "@/lib/enablement/queries";
import { newId } from "@/lib/identifiers";
import { tellEnablement } from "@/lib/load/enablement-example";
import { makeWorkspace } from "../../support/factories";

test("F41 can be read off the page with its exact figures under its own type of contact", async () => {
  const workspace = await makeWorkspace({ slug: `examples-${newId().slice(-8)}` });
  const ctx = await systemContext(workspace.id);
  await inWorkspace(workspace.id, async () => {
    const { id } = await createCustomer(ctx, CreateCustomer.parse({ persons: [{ name: "Example Customer" }] }));
    await tellEnablement(ctx, [id]);
  });
  const board = await inWorkspace(workspace.id, () => getEnablement(ctx, { type: "Example F41" }));
  const [found] = board.effects?.items ?? [];
  if (found?.effect.status !== "estimated") throw new Error("not estimated");
  const { effect, standardError, lo, hi, p, z } = found.effect;
  expect([effect, standardError, lo, hi, z, p].map((value) => Number(value.toFixed(4)))).toEqual([
    0.14, 0.0934, -0.043, 0.323, 1.4996, 0.1337,
  ]);
  expect(found.effect).toMatchObject({ verdict: "not_proven", reason: "interval_includes_zero" });
  expect(found.enabled).toMatchObject({ people: 3, before: { k: 60, n: 100 }, after: { k: 78, n: 100 } });
  expect(found.others).toMatchObject({ people: 3, before: { k: 62, n: 100 }, after: { k: 66, n: 100 } });
  expect(board.items).toMatchObject([{ name: "The first call", assigned: 3, completed: 3 }]);
}, 120_000);
