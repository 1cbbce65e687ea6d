import pg from "pg";
import { env } from "../env";
import { log } from "../log";

export type Listener = { close(): Promise<void> };

type Heard = {
  /** Something was committed in the workspace; `seq` is the number of its newest event. */
  notice(workspaceId: string, seq: number): void;
  /** The connection stands again after it was lost: what was committed in between was not heard. */
  restored(): void;
};

/** How often a silent connection is asked whether it still stands, in milliseconds. */
const probeEvery = 10_000;

function parseNotice(payload: string | undefined): { workspaceId: string; seq: number } | null {
  const match = /^([0-9a-f-]{36}):(\d+)$/.exec(payload ?? "");
  return match?.[1] && match[2] ? { workspaceId: match[1], seq: Number(match[2]) } : null;
}

async function connect(heard: Heard, lost: () => void): Promise<pg.Client> {
  const client = new pg.Client({
    connectionString: env().DATABASE_URL,
    application_name: "wheelhouse live",
    connectionTimeoutMillis: 5_000,
    query_timeout: 5_000,
    keepAlive: true,
  });
  client.on("error", lost);
  client.on("end", lost);
  client.on("notification", ({ payload }) => {
    const notice = parseNotice(payload);
    if (notice) heard.notice(notice.workspaceId, notice.seq);
  });
  await client.connect();
  await client.query("LISTEN wheelhouse");
  return client;
}

/** Listens on one connection of its own for the whole process, and connects again by itself after at most 5 s. */
export function listen(heard: Heard): Listener {
  let client: pg.Client | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let probe: ReturnType<typeof setInterval> | undefined;
  let failures = 0;
  let isClosed = false;

  const lost = () => {
    if (isClosed || timer) return;
    clearInterval(probe);
    client?.removeAllListeners();
    client?.on("error", () => undefined);
    void client?.end().catch(() => undefined);
    client = undefined;
    const wait = Math.min(5_000, 100 * 2 ** failures) * (0.5 + Math.random() / 2);
    failures += 1;
    timer = setTimeout(open, wait);
  };

  const open = async () => {
    timer = undefined;
    try {
      const opened = await connect(heard, lost);
      if (isClosed) return void opened.end();
      client = opened;
      probe = setInterval(() => void opened.query("select 1").catch(lost), probeEvery);
      failures = 0;
      heard.restored();
    } catch (error) {
      log.warn({ err: error }, "the live connection cannot be opened yet");
      lost();
    }
  };

  void open();
  return {
    async close() {
      isClosed = true;
      clearTimeout(timer);
      clearInterval(probe);
      await client?.end().catch(() => undefined);
    },
  };
}
