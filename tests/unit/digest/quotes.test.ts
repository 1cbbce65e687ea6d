import { expect, test } from "vitest";
import { quotable } from "@/lib/digest/quotes";
import { nameWords } from "@/lib/themes/quotes";

const names = nameWords(["Marcus Bell", "Tamar Ashkenazi", "נועה פרידמן", "The Finch family"]);

test.each([
  ["Marcus told tamar another price.", "… told … another price."],
  ["MARCUS' mail named another price than Bell's call.", "… mail named another price than … call."],
  ["ביקשתי ממרכוס מחיר, ולתמר אמרו אחרת.", "ביקשתי … מחיר, … אמרו אחרת."],
  ["Friedman never called back.", "… never called back."],
  ["Call +1 (206) 555-0142 or tamar.a@example.com, see www.example.com/x", "Call … or …, see …"],
  ["The family asked twice before anybody named a price.", "The family asked twice before anybody named a price."],
  ["איש לא אמר מה קורה אחר כך.", "איש לא אמר מה קורה אחר כך."],
])("%s is quoted as %s", (said, shown) => {
  expect(quotable(said, names)).toBe(shown);
});
