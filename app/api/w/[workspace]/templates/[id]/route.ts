import type { Context } from "@/lib/context";
import { get } from "@/lib/server/route";
import { getTemplate } from "@/lib/templates/queries";
import { TemplateKey } from "@/lib/templates/schema";

export const GET = get(TemplateKey, (ctx: Context, { id }: TemplateKey) => getTemplate(ctx, id));
