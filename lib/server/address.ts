import { headers } from "next/headers";

/** The client's address: of the connection's proxy chain only when we are told to trust the proxy in front. */
export async function clientAddress(): Promise<string> {
  if (process.env.TRUST_PROXY !== "1") return "direct";
  const chain = (await headers()).get("x-forwarded-for")?.split(",") ?? [];
  return chain.at(-1)?.trim() || "direct";
}
