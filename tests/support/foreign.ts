import { z } from "zod";

/** The part of a JSON schema that an input is made from. */
export type Schema = {
  type?: string | string[];
  format?: string;
  enum?: unknown[];
  const?: unknown;
  anyOf?: Schema[];
  oneOf?: Schema[];
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  prefixItems?: Schema[];
  minimum?: number;
  exclusiveMinimum?: number;
  minItems?: number;
  minLength?: number;
  pattern?: string;
};

/** The JSON schema of an input. */
export function schemaOf(input: z.ZodType): Schema {
  return z.toJSONSchema(input, { io: "input", unrepresentable: "any" }) as Schema;
}

/** Makes the values of an input: ids by the name of their field, texts by theirs. */
export type Maker = { id(name: string): string; text?(name: string): string | undefined };

const dayAhead = () => new Date(Date.now() + 2 * 86_400_000).toISOString();

function textOf(name: string, { format, minLength = 1, pattern }: Schema, make: Maker): string {
  if (format === "uuid") return make.id(name);
  if (format === "date-time" || /At$|^until$/.test(name)) return dayAhead();
  if (format === "date") return dayAhead().slice(0, 10);
  if (/email/i.test(name)) return "somebody@example.com";
  if (/timeZone/.test(name)) return "UTC";
  if (pattern) return make.text?.(name) ?? "abc";
  return make.text?.(name) ?? "Something".padEnd(minLength, "x");
}

/** The smallest input that a schema describes; `extra` names optional fields that are to come along. */
export function inputOf(schema: Schema, make: Maker, extra: readonly string[] = [], name = ""): unknown {
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  const choices = (schema.anyOf ?? schema.oneOf)?.filter(({ type }) => type !== "null");
  const choice = choices?.find(({ properties = {} }) => extra.some((key) => key in properties)) ?? choices?.[0];
  if (choice) return inputOf(choice, make, extra, name);
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type;
  if (type === "string") return textOf(name, schema, make);
  if (type === "integer" || type === "number") return Math.max(schema.minimum ?? 1, (schema.exclusiveMinimum ?? 0) + 1);
  if (type === "boolean") return true;
  if (type === "array") {
    if (schema.prefixItems) return schema.prefixItems.map((each) => inputOf(each, make, extra, name));
    return schema.items ? [inputOf(schema.items, make, extra, name)] : [];
  }
  if (!schema.properties) return {};
  const wanted = new Set([...(schema.required ?? []), ...extra]);
  return Object.fromEntries(
    Object.entries(schema.properties)
      .filter(([key]) => wanted.has(key))
      .map(([key, value]) => [key, inputOf(value, make, extra, key)]),
  );
}

/** Every field of an input, as deep as it lies, with its schema and the names on the way to it. */
export function fieldsOf(schema: Schema, path: string[] = []): { path: string[]; schema: Schema }[] {
  const inner = [schema, ...(schema.anyOf ?? []), ...(schema.oneOf ?? [])];
  return inner.flatMap((each) => [
    ...Object.entries(each.properties ?? {}).flatMap(([key, value]) => [
      { path: [...path, key], schema: value },
      ...fieldsOf(value, [...path, key]),
    ]),
    ...(each.items ? fieldsOf(each.items, path) : []),
  ]);
}

/** Whether a field takes an id. */
export const takesId = ({ format, anyOf = [], items }: Schema): boolean =>
  format === "uuid" || anyOf.some(takesId) || (items !== undefined && takesId(items));
