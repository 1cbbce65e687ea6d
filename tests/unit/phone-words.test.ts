import { expect, test } from "vitest";
import { printPhone } from "@/lib/phone-words";

test("a number is printed in groups after its country", () => {
  expect(printPhone("+12065550142")).toBe("+1 206 555 0142");
  expect(printPhone("+972501234567")).toBe("+972 50 123 4567");
  expect(printPhone("+442071838750")).toBe("+44 207 183 8750");
  expect(printPhone("+74951234567")).toBe("+7 495 123 4567");
  expect(printPhone("+97225312345")).toBe("+972 2531 2345");
});

test("what is no number stays as it was written", () => {
  expect(printPhone("call the office")).toBe("call the office");
  expect(printPhone("")).toBe("");
  expect(printPhone("0501234567")).toBe("0501234567");
});
