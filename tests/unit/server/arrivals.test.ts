import { expect, test } from "vitest";
import { isForeignOrigin, isReadable } from "@/lib/server/arrivals";

test("an address is readable when its escapes are characters of UTF-8, and none of them is NUL", () => {
  for (const url of ["/", "/w/a/customers?q=%ff", "/%D7%A9%D7%9C%D7%95%D7%9D", "/a%20b", "*"])
    expect(isReadable(url), url).toBe(true);
  for (const url of ["/%ff", "/%", "/a%2", "/%E0%A4%A", "/w/%00/home", "/%c0%af"])
    expect(isReadable(url), url).toBe(false);
});

test("N05 a page of another site, of another port, or of no site at all is foreign; our own and none are not", () => {
  const host = "wheel.example:3000";
  for (const origin of ["https://evil.test", "null", "http://wheel.example", "http://wheel.example:3001", "x"])
    expect(isForeignOrigin(origin, host), origin).toBe(true);
  for (const origin of ["http://wheel.example:3000", "https://wheel.example:3000", undefined, null, ""])
    expect(isForeignOrigin(origin, host), String(origin)).toBe(false);
});
