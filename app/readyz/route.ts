import { readiness } from "@/lib/health/queries";
import { json } from "@/lib/server/route";

export const dynamic = "force-dynamic";

/** The process can serve: 200, or 503 within five seconds. */
export async function GET(): Promise<Response> {
  const state = await readiness();
  return json(state, state.ready ? 200 : 503, state.ready ? {} : { "retry-after": "5" });
}
