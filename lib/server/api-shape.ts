import { createHash } from "node:crypto";
import { z } from "zod";
import type { Context } from "../context";
import { AppError } from "../errors";
import type { Endpoint } from "./api-endpoint";
import { toJson } from "./result";

/** Which fields of a row the caller wants, and what is to come along with it. */
export type Wish = { fields: string[] | null; expand: string[] };

type Row = Record<string, unknown>;

/** Whether an operation answers rows that can be cut down: one object, or a list of them. */
function itemOf({ method, answers, response }: Endpoint): z.ZodObject | null {
  if (method !== "GET" || answers !== "json" || !(response instanceof z.ZodObject)) return null;
  const { data } = response.shape as Record<string, unknown>;
  if (!(data instanceof z.ZodArray)) return response;
  return data.element instanceof z.ZodObject ? data.element : null;
}

const wishNames = ["fields", "expand"] as const;

/** The query parameters that shape an answer, for the documentation. */
export function shapeParameters(endpoint: Endpoint): Record<string, z.ZodType> {
  const item = itemOf(endpoint);
  if (!item) return {};
  const expandable = Object.keys(endpoint.expansions);
  const names = [...Object.keys(item.shape), ...expandable];
  const fields = z
    .string()
    .optional()
    .meta({
      description: `Only these fields of a row, separated by commas; id always comes: ${names.join(", ")}`,
    });
  if (expandable.length === 0) return { fields };
  const expand = z
    .string()
    .optional()
    .meta({
      description: `What comes along, separated by commas: ${expandable.join(", ")}`,
    });
  return { fields, expand };
}

/** What an answer may hold besides its own fields, for the documentation. */
export function expandedResponse(endpoint: Endpoint): z.ZodType | null {
  const item = itemOf(endpoint);
  const { expansions, response } = endpoint;
  if (!item || Object.keys(expansions).length === 0) return response;
  const added = Object.fromEntries(
    Object.entries(expansions).map(([name, { schema }]) => [
      name,
      schema
        .nullable()
        .optional()
        .meta({ description: `With expand=${name}` }),
    ]),
  );
  if (item === response) return item.extend(added);
  return (response as z.ZodObject).extend({ data: z.array(item.extend(added)) });
}

function namesIn(text: string, known: readonly string[], parameter: string): string[] {
  const names = text.split(",").map((name) => name.trim());
  if (names.some((name) => !known.includes(name)))
    throw new AppError("invalid", "query", { fields: { [parameter]: "unknown_name" } });
  return [...new Set(names)];
}

/** Takes the wish out of the query; throws `invalid` for a name that the answer does not have. */
export function takeWish(endpoint: Endpoint, query: Record<string, string>): Wish {
  const item = itemOf(endpoint);
  const wish: Wish = { fields: null, expand: [] };
  if (!item) return wish;
  const expandable = Object.keys(endpoint.expansions);
  const { fields, expand } = query;
  if (expand !== undefined && expandable.length > 0) wish.expand = namesIn(expand, expandable, "expand");
  if (fields !== undefined) wish.fields = namesIn(fields, [...Object.keys(item.shape), ...expandable], "fields");
  for (const name of wishNames) if (name === "fields" || expandable.length > 0) delete query[name];
  return wish;
}

async function expandRows(ctx: Context, { expansions }: Endpoint, rows: Row[], names: string[]): Promise<Row[]> {
  const ids = rows.map(({ id }) => String(id));
  const found = await Promise.all(
    names.map(async (name) => ({ name, values: await expansions[name]?.load(ctx, ids) })),
  );
  return rows.map((row) => ({
    ...row,
    ...Object.fromEntries(found.map(({ name, values }) => [name, values?.get(String(row.id)) ?? null])),
  }));
}

function cut(row: Row, fields: string[] | null): Row {
  if (!fields) return row;
  return Object.fromEntries(Object.entries(row).filter(([name]) => name === "id" || fields.includes(name)));
}

/** The answer as the caller wished for it. */
export async function shapeAnswer(ctx: Context, endpoint: Endpoint, body: unknown, wish: Wish): Promise<unknown> {
  if (!wish.fields && wish.expand.length === 0) return body;
  const whole = body as Row & { data?: Row[] };
  const isList = Array.isArray(whole.data);
  const rows = await expandRows(ctx, endpoint, isList ? (whole.data ?? []) : [whole], wish.expand);
  const shaped = rows.map((row) => cut(row, wish.fields));
  return isList ? { ...whole, data: shaped } : shaped[0];
}

/**
 * A strong tag: a hash of this very answer, behind the row's version where it has one, so that the tag of a part of a row
 * still names the version that a write must name.
 */
export function etagOf(whole: unknown, shaped: unknown): string {
  const version = (whole as { version?: unknown } | null)?.version;
  const hash = createHash("sha256").update(toJson(shaped)).digest("hex").slice(0, 16);
  return typeof version === "number" ? `"${version}.${hash}"` : `"${hash}"`;
}
