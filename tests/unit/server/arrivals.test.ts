import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "vitest";
import { isForeignOrigin, isReadable, screenArrivals, understood, wholeResponse } from "@/lib/server/arrivals";

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

/** Serves one handler the way Next does, for as long as `ask` asks it. */
async function serving(handler: RequestListener, ask: (origin: string) => Promise<void>): Promise<void> {
  screenArrivals();
  const server = createServer(handler);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  await ask(`http://127.0.0.1:${(server.address() as AddressInfo).port}`).finally(() => server.close());
}

test("N02 a 500 to what nobody of ours took up is its sender's 400, streamed or not; our own failure stays 500", () =>
  serving(
    (request, response) => {
      if (request.url?.startsWith("/ours")) understood();
      response.statusCode = 500;
      if (request.url?.endsWith("streamed")) response.write("piece by piece");
      response.end("Internal Server Error");
    },
    async (origin) => {
      const answer = async (path: string, method = "POST") => (await fetch(`${origin}${path}`, { method })).status;
      expect(await answer("/theirs")).toBe(400);
      expect(await answer("/theirs/streamed")).toBe(400);
      expect(await answer("/ours")).toBe(500);
      expect(await answer("/ours/streamed")).toBe(500);
      expect(await answer("/theirs", "GET")).toBe(500);
      expect(await answer("/api/v1/theirs")).toBe(500);
    },
  ));

test("a whole answer leaves as one piece, the last one made, and never in place of another status", () =>
  serving(
    (request, response) => {
      const headers = { "content-type": "application/json" };
      wholeResponse('{"name":"first"}', 200, headers);
      const made = wholeResponse('{"name":"שלום"}', 200, headers);
      expect(made.body).toBeNull();
      response.statusCode = request.url === "/failed" ? 500 : made.status;
      response.end();
    },
    async (origin) => {
      const answer = await fetch(`${origin}/fine`);
      expect([answer.headers.get("content-length"), await answer.json()]).toEqual(["19", { name: "שלום" }]);
      expect(await (await fetch(`${origin}/fine`, { method: "HEAD" })).text()).toBe("");
      const failed = await fetch(`${origin}/failed`);
      expect([failed.status, await failed.text()]).toEqual([500, ""]);
    },
  ));

test("a whole answer to nobody on the network is a response with its text", async () => {
  const made = wholeResponse("{}", 201, { "x-of": "ours" });
  expect([made.status, made.headers.get("x-of"), await made.text()]).toEqual([201, "ours", "{}"]);
});

test("N09 what is too large for a page or the sign-in, or does not say how large it is, is turned away unread; the API counts for itself", () => {
  const led: unknown[] = [];
  return serving(
    (request, response) => {
      led.push([request.method, request.url, request.headers["content-type"]]);
      response.statusCode = 404;
      response.end("Not found");
    },
    async (origin) => {
      const answer = async (path: string, body: BodyInit) => {
        const options = { method: "POST", body, headers: { "content-type": "text/plain" }, duplex: "half" };
        const { status, headers } = await fetch(`${origin}${path}`, options as RequestInit);
        return [status, headers.get("connection")];
      };
      const most = 1_048_576;
      for (const path of ["/sign-in", "/api/auth/signin/x"]) {
        expect(await answer(path, "a".repeat(most))).toEqual([404, "keep-alive"]);
        expect(await answer(path, "a".repeat(most + 1))).toEqual([413, "close"]);
        expect(await answer(path, new Blob(["unsaid"]).stream())).toEqual([411, "close"]);
      }
      expect(await answer("/api/v1/imports", "a".repeat(most + 1))).toEqual([404, "keep-alive"]);
      const away = ["GET", "/_next/static/nothing", undefined];
      const read = (path: string) => ["POST", path, "text/plain"];
      expect(led).toEqual([
        ...[read("/sign-in"), away, away],
        ...[read("/api/auth/signin/x"), away, away],
        read("/api/v1/imports"),
      ]);
    },
  );
});
