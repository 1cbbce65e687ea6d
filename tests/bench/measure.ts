import { readFileSync } from "node:fs";
import { Agent, request } from "node:http";

export type Timing = { p50: number; p95: number; p99: number; perSecond: number };

/** Percentiles of latencies in milliseconds, and the throughput of the whole run. */
export function timingOf(latencies: number[], seconds: number): Timing {
  const sorted = [...latencies].sort((a, b) => a - b);
  const at = (q: number) => sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? 0;
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99), perSecond: latencies.length / seconds };
}

/** Runs `work` from `clients` loops for at most `seconds` or `most` calls, and times each call. */
export async function drive(
  clients: number,
  seconds: number,
  most: number,
  work: (turn: number) => Promise<void>,
): Promise<Timing> {
  const latencies: number[] = [];
  const begun = performance.now();
  let turn = 0;
  const loop = async () => {
    while (turn < most && performance.now() - begun < seconds * 1000) {
      const mine = turn++;
      const from = performance.now();
      await work(mine);
      latencies.push(performance.now() - from);
    }
  };
  await Promise.all(Array.from({ length: clients }, loop));
  return timingOf(latencies, (performance.now() - begun) / 1000);
}

export type Answer = { status: number; bytes: number; text: string };

// Our server closes a connection that was idle for five seconds: none is used again that is near it.
const agent = new Agent({ keepAlive: true, maxSockets: 64, timeout: 4_000 });

/** One HTTP request over kept connections, its body read to the end. */
export function fetchOnce(
  url: URL,
  options: { method?: string; headers?: Record<string, string>; body?: string } = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const outgoing = request(
      url,
      { agent, method: options.method ?? "GET", headers: options.headers ?? {} },
      (incoming) => {
        const chunks: Buffer[] = [];
        incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
        incoming.on("end", () => {
          const body = Buffer.concat(chunks);
          resolve({ status: incoming.statusCode ?? 0, bytes: body.length, text: body.toString("utf8") });
        });
        incoming.on("error", reject);
      },
    );
    outgoing.on("error", reject);
    outgoing.end(options.body);
  });
}

/** Processor time that a process has used, in milliseconds. */
export function processorTime(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

/** Resident memory of a process, in megabytes. */
export function memoryOf(pid: number): number {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0) / 1024;
}

/** The middle of some numbers. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
