import { headers } from "next/headers";
import { peerHeader } from "./arrivals";

/**
 * The client's address. It is that of the connection, which nobody can write into a header; only behind a proxy that we
 * are told to trust is it the last one that the proxy named.
 */
export async function clientAddress(): Promise<string> {
  const list = await headers();
  const peer = list.get(peerHeader) ?? "unknown";
  if (process.env.TRUST_PROXY !== "1") return peer;
  const chain = list.get("x-forwarded-for")?.split(",") ?? [];
  return chain.at(-1)?.trim() || peer;
}
