import { expect, test } from "vitest";
import { isReadable } from "@/lib/server/unreadable";

test("an address is readable when its escapes are characters of UTF-8, and none of them is NUL", () => {
  for (const url of ["/", "/w/a/customers?q=%ff", "/%D7%A9%D7%9C%D7%95%D7%9D", "/a%20b", "*"])
    expect(isReadable(url), url).toBe(true);
  for (const url of ["/%ff", "/%", "/a%2", "/%E0%A4%A", "/w/%00/home", "/%c0%af"])
    expect(isReadable(url), url).toBe(false);
});
