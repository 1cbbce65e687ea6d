import { json } from "@/lib/server/route";

export const dynamic = "force-dynamic";

/** The process is up; nothing else is asked. */
export function GET(): Response {
  return json({ live: true });
}
