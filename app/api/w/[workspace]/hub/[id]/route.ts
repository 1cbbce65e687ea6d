import { z } from "zod";
import { getHub } from "@/lib/hub/queries";
import { get } from "@/lib/server/route";

export const GET = get(z.object({ id: z.string(), journey: z.string().optional() }), (ctx, { id, journey }) =>
  getHub(ctx, id, journey),
);
