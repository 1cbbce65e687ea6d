import { z } from "zod";
import type { Context } from "../context";
import { ById, type Endpoint, endpoint } from "../server/api-endpoint";

type OnRow<Schema extends z.ZodObject> = {
  noun: string;
  verb: string;
  tag: string;
  summary: string;
  permission: string;
  schema: Schema;
  command(ctx: Context, input: z.output<Schema>): Promise<unknown>;
  /** Answered with 201 when the command makes something. */
  response?: z.ZodType;
};

/**
 * What one does with a row: `POST /noun/{id}/verb`. The body is the command's input without the id; the version one saw
 * may come in it, or as If-Match. Answers nothing unless it makes something.
 */
export function onRow<Schema extends z.ZodObject>(operation: OnRow<Schema>): Endpoint {
  const { noun, verb, tag, summary, permission, schema, command, response } = operation;
  const body: z.ZodObject = schema.omit({ id: true });
  return endpoint({
    method: "POST",
    path: `/${noun}/{id}/${verb}`,
    tag,
    summary,
    permission,
    params: ById,
    body,
    response: response ?? z.void(),
    status: response ? 201 : 204,
    handle: (ctx, input, { version }) =>
      command(ctx, { ...(version > 0 ? { version } : {}), ...input } as z.output<Schema>) as Promise<never>,
  });
}
