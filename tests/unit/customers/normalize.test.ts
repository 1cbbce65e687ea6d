import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { normalizeEmail, normalizeHandle, tidyText } from "@/lib/customers/normalize";
import { normalizePhone } from "@/lib/customers/phone";

describe("normalizeEmail", () => {
  test.each([
    ["  Dana.Levi@Example.COM ", "dana.levi@example.com"],
    ["Dana Levi <Dana@Example.com>", "dana@example.com"],
    ["mailto:dana+web@example.com", "dana+web@example.com"],
    ["\u202bdana@example.com\u202c", "dana@example.com"],
    ["ｄａｎａ@example.com", "dana@example.com"],
    ["dana@דוגמה.co.il", "dana@xn--6dbbec0c.co.il"],
    ["o'brien@example.co.uk", "o'brien@example.co.uk"],
  ])("reads %j as %j", (raw, expected) => {
    expect(normalizeEmail(raw)).toBe(expected);
  });

  test.each([
    "",
    "dana",
    "dana@",
    "@example.com",
    "dana@localhost",
    "dana@@example.com",
    "dana levi@example.com",
    "dana@example..com",
    "dana..levi@example.com",
    ".dana@example.com",
    "dana@-example.com",
    "dana@10.0.0.1",
    `${"a".repeat(65)}@example.com`,
    `dana@${"a.".repeat(130)}com`,
  ])("refuses %j", (raw) => {
    expect(normalizeEmail(raw)).toBeNull();
  });

  test("writes signs that an address had encoded like those that it had not", () => {
    expect(normalizeHandle("http://a.aa/%E3%84%B1")).toBe(normalizeHandle("http://a.aa/\u3131"));
    expect(normalizeHandle("http://a.aa/%EF%BC%A0Maya")).toBe("maya");
  });

  test("changes nothing the second time", () => {
    fc.assert(
      fc.property(fc.oneof(fc.emailAddress(), fc.string()), (raw) => {
        const email = normalizeEmail(raw);
        if (email) expect(normalizeEmail(email)).toBe(email);
      }),
    );
  });
});

describe("normalizePhone", () => {
  test.each([
    ["050-123-4567", "IL", "+972501234567", "050-123-4567"],
    ["+972-50-1234567", "US", "+972501234567", "050-123-4567"],
    ["00972 50 123 4567", "IL", "+972501234567", "050-123-4567"],
    ["\u202a+972 50-123-4567\u202c", "il", "+972501234567", "050-123-4567"],
    ["(212) 736-5000", "US", "+12127365000", "(212) 736-5000"],
    ["Tel: 03-6957361", "IL", "+97236957361", "03-695-7361"],
  ])("reads %j in %s as %s", (raw, region, e164, national) => {
    expect(normalizePhone(raw, region)).toEqual({ e164, national, extension: null, isValid: true });
  });

  test("keeps an extension apart, so that colleagues are not taken for one person", () => {
    expect(normalizePhone("212-736-5000 ext. 12", "US")).toMatchObject({ e164: "+12127365000", extension: "12" });
  });

  test("tells a number that fits no plan", () => {
    expect(normalizePhone("+1 111 111 1111", "US")).toMatchObject({ isValid: false });
  });

  test.each(["", "n/a", "12", "call me", "1".repeat(40)])("refuses %j", (raw) => {
    expect(normalizePhone(raw, "IL")).toBeNull();
  });

  test("needs the country in the number where the region is unknown", () => {
    expect(normalizePhone("050-1234567", "ZZ")).toBeNull();
    expect(normalizePhone("+972501234567", "ZZ")?.e164).toBe("+972501234567");
  });
});

describe("normalizeHandle", () => {
  test.each([
    ["@Dana_Levi", "dana_levi"],
    ["  dana.levi ", "dana.levi"],
    ["https://www.instagram.com/Dana_Levi/?hl=en", "dana_levi"],
    ["instagram.com/dana_levi", "dana_levi"],
    ["https://www.linkedin.com/in/dana-levi-42/", "dana-levi-42"],
    ["https://www.facebook.com/profile.php?id=1000123", "1000123"],
    ["https://www.tiktok.com/@dana.levi", "dana.levi"],
    ["https://x.com/%D7%93%D7%A0%D7%94", "דנה"],
  ])("reads %j as %j", (raw, expected) => {
    expect(normalizeHandle(raw)).toBe(expected);
  });

  test.each(["", "@", "dana levi", "https://www.instagram.com/", "a/b", "https://x.com/%E0%A4"])(
    "finds at most a plain handle in %j",
    (raw) => {
      expect(normalizeHandle(raw) ?? "").not.toMatch(/[\s@/]/);
    },
  );

  test("changes nothing the second time", () => {
    fc.assert(
      fc.property(fc.oneof(fc.webUrl(), fc.string()), (raw) => {
        const handle = normalizeHandle(raw);
        if (handle) expect(normalizeHandle(handle)).toBe(handle);
      }),
    );
  });
});

test("tidyText drops invisible marks and spare spaces", () => {
  expect(tidyText("\ufeff  Dana\u200f \u00a0 Levi\n")).toBe("Dana Levi");
});
