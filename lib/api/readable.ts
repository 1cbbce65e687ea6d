import { apiDocument } from "./document";
import { endpoints } from "./routes";

/** One field of an input, as a person reads it. */
export type ReadableField = {
  name: string;
  place: "path" | "query" | "body" | "header";
  type: string;
  isRequired: boolean;
  description: string;
};

export type ReadableOperation = {
  id: string;
  method: string;
  path: string;
  summary: string;
  permission: string;
  status: number;
  /** What comes back, in short. */
  answer: string;
  fields: ReadableField[];
};

/** The operations of one subject; `key` is its name in addresses. */
export type ReadableGroup = { tag: string; key: string; operations: ReadableOperation[] };

type Schema = {
  $ref?: string;
  type?: string | string[];
  enum?: unknown[];
  const?: unknown;
  anyOf?: Schema[];
  oneOf?: Schema[];
  items?: Schema;
  format?: string;
  properties?: Record<string, Schema>;
  required?: string[];
  description?: string;
  default?: unknown;
};

type Parameter = {
  name: string;
  in: ReadableField["place"];
  required?: boolean;
  schema?: Schema;
  description?: string;
};
type Content = Record<string, { schema?: Schema }>;

type Operation = {
  operationId?: string;
  parameters?: Parameter[];
  requestBody?: { content?: Content };
  responses?: Record<string, { content?: Content }>;
};

/** The type of a schema in a few words: `string (uuid)`, `one of osc, sales`, `list of Customer`. */
function typeText(schema: Schema | undefined): string {
  if (!schema) return "";
  if (schema.$ref) return schema.$ref.split("/").at(-1) ?? "";
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(" | ");
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return [...new Set(choices.map(typeText))].join(" | ");
  if (schema.type === "array") return `${typeText(schema.items)}[]`;
  if (schema.type === "object" && schema.properties && Object.keys(schema.properties).length <= 6)
    return `{ ${Object.keys(schema.properties).join(", ")} }`;
  const type = Array.isArray(schema.type) ? schema.type.join(" | ") : (schema.type ?? "any");
  return schema.format ? `${type} (${schema.format})` : type;
}

const clean = (text = "") => text.replaceAll(/\s+/g, " ").trim();

function fieldsOf({ parameters = [], requestBody }: Operation): ReadableField[] {
  const sent = Object.values(requestBody?.content ?? {})[0]?.schema;
  return [
    ...parameters.map(({ name, in: place, required, schema, description }) => ({
      name,
      place,
      type: typeText(schema),
      isRequired: required ?? false,
      description: clean(description ?? schema?.description),
    })),
    ...Object.entries(sent?.properties ?? {}).map(([name, schema]) => ({
      name,
      place: "body" as const,
      type: typeText(schema),
      isRequired: sent?.required?.includes(name) ?? false,
      description: clean(schema.description),
    })),
  ];
}

function answerOf({ responses = {} }: Operation, status: number): string {
  const content = responses[String(status)]?.content ?? {};
  const schema = content["application/json"]?.schema;
  const data = schema?.properties?.data;
  if (data && schema?.properties?.nextCursor) return `{ data: ${typeText(data)}, nextCursor }`;
  if (schema) return typeText(schema);
  return Object.keys(content)[0] ?? "";
}

/** The operations by subject, read from the document, so that page and document cannot differ. */
export function readableApi(): ReadableGroup[] {
  const paths = apiDocument().paths ?? {};
  const groups = new Map<string, ReadableOperation[]>();
  for (const { method, path, tag, summary, permission, status } of endpoints) {
    const item = paths[path] as Record<string, Operation> | undefined;
    const operation = item?.[method.toLowerCase()] ?? {};
    const readable = {
      id: operation.operationId ?? path,
      method,
      path: `/api/v1${path}`,
      summary,
      permission,
      status,
      answer: answerOf(operation, status),
      fields: fieldsOf(operation),
    };
    groups.set(tag, [...(groups.get(tag) ?? []), readable]);
  }
  return [...groups].map(([tag, operations]) => ({ tag, key: tag.toLowerCase().replaceAll(" ", "-"), operations }));
}
