import { expect } from "@playwright/test";
import { newId } from "@/lib/identifiers";
import { isBack, type Served, test } from "./live-system";

type Stream = { ids: number[]; isOver: boolean; saidWhen: boolean; last(): number; close(): void };

/** Follows the events as an integrator does. */
async function follow({ origin, key }: Served, last: number): Promise<Stream> {
  const stopping = new AbortController();
  const response = await fetch(`${origin}/api/v1/events`, {
    headers: { authorization: `Bearer ${key}`, accept: "text/event-stream", "last-event-id": String(last) },
    signal: stopping.signal,
  });
  expect(response.headers.get("content-type")).toBe("text/event-stream; charset=utf-8");
  const stream: Stream = {
    ids: [],
    isOver: false,
    saidWhen: false,
    last: () => stream.ids.at(-1) ?? last,
    close: () => stopping.abort(),
  };
  const read = async () => {
    let text = "";
    let beginnings = 0;
    for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      text += chunk;
      const frames = text.split("\n\n");
      text = frames.pop() ?? "";
      for (const frame of frames) {
        const id = /^id: (\d+)$/m.exec(frame)?.[1];
        if (id) stream.ids.push(Number(id));
        if (frame.startsWith("retry: ") && beginnings++ > 0) stream.saidWhen = true;
      }
    }
  };
  read()
    .catch(() => undefined)
    .finally(() => {
      stream.isOver = true;
    });
  return stream;
}

/** Creates a customer on a connection of its own; null when the server no longer takes connections. */
async function create({ origin, key }: Served, name: string, idempotencyKey: string): Promise<number | null> {
  try {
    const response = await fetch(`${origin}/api/v1/customers`, {
      method: "POST",
      headers: {
        authorization: `Bearer ${key}`,
        "content-type": "application/json",
        "idempotency-key": idempotencyKey,
        connection: "close",
      },
      body: JSON.stringify({ persons: [{ name }], duplicates: "create" }),
    });
    await response.arrayBuffer();
    return response.status;
  } catch {
    return null;
  }
}

/** Every row of a list, page by page. */
async function readAll<Row>({ origin, key }: Served, path: string, cursorName = "cursor"): Promise<Row[]> {
  const rows: Row[] = [];
  for (let cursor = ""; ; ) {
    const response = await fetch(`${origin}/api/v1${path}?limit=200${cursor}`, {
      headers: { authorization: `Bearer ${key}` },
    });
    const page = (await response.json()) as { data: Row[]; nextCursor: string | null };
    rows.push(...page.data);
    if (page.nextCursor === null) return rows;
    cursor = `&${cursorName}=${page.nextCursor}`;
  }
}

const namesOf = async (served: Served) =>
  (await readAll<{ name: string }>(served, "/customers")).map(({ name }) => name);

const isGone = (pid: number) => {
  try {
    process.kill(pid, 0);
    return false;
  } catch {
    return true;
  }
};

test("X05, X06 a server told to stop ends 500 streams and its requests in ten seconds, and no event is lost or doubled", async ({
  served,
}) => {
  test.setTimeout(120_000);
  const streams: Stream[] = [];
  while (streams.length < 500)
    streams.push(...(await Promise.all(Array.from({ length: 25 }, () => follow(served, 0)))));
  const sent: { name: string; key: string; answer: Promise<number | null> }[] = [];
  const pid = served.web() ?? 0;
  let stoppedAt = 0;
  let sentBefore = 0;
  for (let index = 0; index < 100; index++) {
    const [name, key] = [`Customer ${index}`, newId()];
    sent.push({ name, key, answer: create(served, name, key) });
    if (index < 40 || index > 50) await new Promise((resume) => setTimeout(resume, 40));
    if (index === 40) await Promise.all(sent.map(({ answer }) => answer)); // nothing waits to be accepted
    if (index === 50) {
      await Promise.race(sent.slice(41).map(({ answer }) => answer)); // ten came at once; the others are in flight
      process.kill(pid, "SIGTERM");
      stoppedAt = Date.now();
      sentBefore = sent.length;
    }
  }
  await expect.poll(() => isGone(pid), { timeout: 10_000, intervals: [20] }).toBe(true);
  expect(Date.now() - stoppedAt).toBeLessThan(10_000);
  await expect.poll(() => streams.filter(({ isOver }) => !isOver).length).toBe(0);
  expect(streams.filter(({ saidWhen }) => !saidWhen).length).toBe(0);

  await expect.poll(() => isBack(served), { timeout: 30_000 }).toBe(true);
  const answers = await Promise.all(sent.map(async ({ name, answer }) => ({ name, status: await answer })));
  // Who came after the signal may be told to come back; nobody is told that it failed.
  expect(answers.filter(({ status }) => status !== null && status !== 201 && status !== 503)).toEqual([]);
  const acknowledged = answers.flatMap(({ name, status }) => (status === 201 ? name : []));
  expect(acknowledged.slice(0, sentBefore)).toEqual(sent.slice(0, sentBefore).map(({ name }) => name));
  const stored = await namesOf(served);
  expect(acknowledged.filter((name) => !stored.includes(name))).toEqual([]);

  // Everybody tries again with the same key: what was stored before is not stored twice.
  for (const { name, key } of sent) {
    await expect.poll(() => create(served, name, key)).toBe(201);
  }
  expect((await namesOf(served)).sort()).toEqual(sent.map(({ name }) => name).sort());

  const resumed = await Promise.all(streams.slice(0, 20).map((stream) => follow(served, stream.last())));
  const happened = (await readAll<{ seq: number }>(served, "/events", "after")).map(({ seq }) => seq);
  expect(happened.length).toBeGreaterThan(200);
  for (const [index, stream] of resumed.entries()) {
    await expect.poll(() => stream.last()).toBe(happened.at(-1));
    expect([...(streams[index]?.ids ?? []), ...stream.ids]).toEqual(happened);
    stream.close();
  }
});

test("a process that is up says so, and one that can serve says what it has", async ({ served }) => {
  const live = await fetch(`${served.origin}/livez`);
  expect([live.status, await live.json()]).toEqual([200, { live: true }]);
  const ready = await fetch(`${served.origin}/readyz`);
  expect(ready.status).toBe(200);
  expect(await ready.json()).toMatchObject({ ready: true, database: true, migrations: true, queueLagSeconds: 0 });
});
