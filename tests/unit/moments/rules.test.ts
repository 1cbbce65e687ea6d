import { expect, test } from "vitest";
import { isOrphaned } from "@/lib/moments/rules";

test("C5 a moment is orphaned when neither an active member nor a role that somebody holds answers for it", () => {
  const held = new Set(["osc"]);
  expect(isOrphaned({ responsibleRole: "osc", isMemberActive: false }, held)).toBe(false);
  expect(isOrphaned({ responsibleRole: null, isMemberActive: true }, held)).toBe(false);
  expect(isOrphaned({ responsibleRole: "design", isMemberActive: false }, held)).toBe(true);
  expect(isOrphaned({ responsibleRole: null, isMemberActive: false }, held)).toBe(true);
});
