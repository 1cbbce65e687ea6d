import { afterEach, expect, test, vi } from "vitest";
import { readJson } from "@/lib/server/api-body";

afterEach(() => {
  vi.useRealTimers();
});

const posted = (body: ReadableStream<Uint8Array>) => {
  const headers = { "content-type": "application/json" };
  return new Request("http://localhost/", { method: "POST", headers, body, duplex: "half" } as RequestInit);
};
const bytes = (text: string) => new TextEncoder().encode(text);

test("N09 a body that does not end is given up after ten seconds, and one that did leaves no clock running", async () => {
  vi.useFakeTimers();
  const dripping = new ReadableStream<Uint8Array>({ start: (drip) => drip.enqueue(bytes("{")) });
  const given = expect(readJson(posted(dripping))).rejects.toMatchObject({ code: "request_timeout" });
  await vi.advanceTimersByTimeAsync(9_999);
  expect(vi.getTimerCount()).toBe(1);
  await vi.advanceTimersByTimeAsync(1);
  await given;
  const whole = new ReadableStream<Uint8Array>({
    start: (piece) => {
      piece.enqueue(bytes('{"name":'));
      piece.enqueue(bytes('"Noa"}'));
      piece.close();
    },
  });
  expect((await readJson(posted(whole))).value).toEqual({ name: "Noa" });
  expect(vi.getTimerCount()).toBe(0);
});
