import { z } from "zod";
import { hubText } from "@/lib/hub/queries";
import { JsonText } from "@/lib/json-text";
import { get } from "@/lib/server/route";

export const GET = get(
  z.object({ id: z.string(), journey: z.string().optional() }),
  async (ctx, { id, journey }) => new JsonText(await hubText(ctx, id, journey)),
);
