import { z } from "zod";
import { wheelText } from "@/lib/hub/wheel";
import { get } from "@/lib/server/route";

export const GET = get(z.object({ id: z.string(), journey: z.string().optional() }), (ctx, { id, journey }) =>
  wheelText(ctx, id, journey),
);
