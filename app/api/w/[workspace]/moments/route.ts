import type { Context } from "@/lib/context";
import { listMoments } from "@/lib/moments/queries";
import { get, noInput } from "@/lib/server/route";

export const GET = get(noInput, async (ctx: Context) => ({ moments: await listMoments(ctx) }));
