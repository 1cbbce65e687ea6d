import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "vitest";
import { isForeignOrigin, isReadable, screenArrivals, understood } from "@/lib/server/arrivals";

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

test("N02 a 500 to what nobody of ours took up is its sender's 400, streamed or not; our own failure stays 500", async () => {
  screenArrivals();
  const server = createServer((request, response) => {
    if (request.url?.startsWith("/ours")) understood();
    response.statusCode = 500;
    if (request.url?.endsWith("streamed")) response.write("piece by piece");
    response.end("Internal Server Error");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const answer = async (path: string, method = "POST") => (await fetch(`${origin}${path}`, { method })).status;
  try {
    expect(await answer("/theirs")).toBe(400);
    expect(await answer("/theirs/streamed")).toBe(400);
    expect(await answer("/ours")).toBe(500);
    expect(await answer("/ours/streamed")).toBe(500);
    expect(await answer("/theirs", "GET")).toBe(500);
    expect(await answer("/api/v1/theirs")).toBe(500);
  } finally {
    server.close();
  }
});
