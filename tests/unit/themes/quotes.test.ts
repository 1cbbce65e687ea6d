import { expect, test } from "vitest";
import { nameWords, withoutNames } from "@/lib/themes/quotes";

const names = nameWords(["The Finch family", "Greta & Paul Winter", "Dana Whitlock", "דנה כהן", null]);

test.each([
  ["Dana was kind", "… was kind"],
  ["dana's mail never came", "… mail never came"],
  ["Greta & Paul Winter waited", "… waited"],
  ["Ask Dana Whitlock, she knows", "Ask …, she knows"],
  ["the family came", "the family came"],
  ["write to dana@example.com or www.finch.example/x", "write to … or …"],
  ["call +972-50-1234567 again", "call … again"],
  ["call 050 123 45 67.", "call …."],
  ["דיברתי עם דנה ושלדנה לא אכפת", "דיברתי עם … לא אכפת"],
  ["הטלפון של כהן תפוס", "הטלפון של … תפוס"],
])("of %s nobody is named", (comment, quote) => {
  expect(withoutNames(comment, names)).toBe(quote);
});

test("short numbers and other words stay", () => {
  expect(withoutNames("We waited 45 minutes on 3 May", names)).toBe("We waited 45 minutes on 3 May");
});
