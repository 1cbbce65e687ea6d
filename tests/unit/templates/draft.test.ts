import { expect, test } from "vitest";
import { changed, type Draft } from "@/components/templates/use-draft";

const draft: Draft = { name: "Sale", version: 1, stages: [], isDirty: false };

test("a save takes what was sent; what was edited on its way is still to be saved", () => {
  const sent = changed(draft, { kind: "name", name: "New sale" });
  expect(changed(sent, { kind: "saved", version: 2, sent })).toMatchObject({ version: 2, isDirty: false });
  const edited = changed(sent, { kind: "name", name: "Newer sale" });
  expect(changed(edited, { kind: "saved", version: 2, sent })).toMatchObject({ version: 2, isDirty: true });
  const grown = changed(sent, { kind: "add", id: "a", name: "Call", spokeId: "s", afterId: null });
  expect(changed(grown, { kind: "saved", version: 2, sent }).isDirty).toBe(true);
});
