import { z } from "zod";
import { getWheel } from "@/lib/hub/wheel";
import { get } from "@/lib/server/route";

export const GET = get(z.object({ id: z.string(), journey: z.string().optional() }), (ctx, { id, journey }) =>
  getWheel(ctx, id, journey),
);
