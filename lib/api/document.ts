import { z } from "zod";
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from "zod-openapi";
import { publicOrigin } from "../env";
import type { Endpoint } from "../server/api-endpoint";
import { expandedResponse, shapeParameters } from "../server/api-shape";
import { Problem } from "./problem";
import { endpoints } from "./routes";

const problem = (description: string) => ({
  description,
  content: { "application/problem+json": { schema: Problem } },
});

const requestHeaders = {
  idempotency: z.string().min(1).max(255).optional().meta({
    description: "Kept for seven days: the same key and content is answered again instead of done again.",
  }),
  match: z.string().meta({ description: "The ETag of the row as it was read, or its version in quotes." }),
  noneMatch: z.string().optional().meta({ description: "An ETag: answers 304 when nothing has changed since." }),
  requestId: z
    .string()
    .max(80)
    .optional()
    .meta({ description: "Comes back, and names the request in problems and logs." }),
  trace: z.string().optional().meta({ description: "W3C Trace Context; the log names the trace." }),
};

/** What every answer carries in its head, and what some do. */
function answerHeaders({ method, isVersioned, response }: Endpoint): z.ZodObject {
  const isList = response instanceof z.ZodObject && "nextCursor" in response.shape;
  const shape: Record<string, z.ZodType> = {
    "X-Request-Id": z.string(),
    "Cache-Control": z.literal("private, no-store"),
    RateLimit: z.string().meta({ description: "What is left in this window" }),
    "RateLimit-Policy": z.string(),
  };
  if (method === "GET" || isVersioned) shape.ETag = z.string().optional();
  if (isList) shape.Link = z.string().optional().meta({ description: "RFC 8288: the next page, and the first" });
  if (method !== "GET") shape["Idempotency-Replayed"] = z.literal("true").optional();
  return z.object(shape);
}

/** Names an operation for generated clients: `post-customers-id-transitions`. */
function operationId({ method, path }: Endpoint): string {
  return `${method.toLowerCase()}${path.replaceAll("/", "-").replaceAll(/[{}]/g, "")}`;
}

function headersOf({ method, isVersioned, isSecret }: Endpoint): z.ZodObject {
  const shape: Record<string, z.ZodType> = {};
  if (method !== "GET" && !isSecret) shape["Idempotency-Key"] = requestHeaders.idempotency;
  if (method !== "GET" && isVersioned) shape["If-Match"] = requestHeaders.match;
  if (method === "GET") shape["If-None-Match"] = requestHeaders.noneMatch;
  shape["X-Request-Id"] = requestHeaders.requestId;
  shape.traceparent = requestHeaders.trace;
  return z.object(shape);
}

function parametersOf(endpoint: Endpoint): NonNullable<ZodOpenApiOperationObject["requestParams"]> {
  const { params, query } = endpoint;
  const shaping = shapeParameters(endpoint);
  const whole = z.object({ ...query?.shape, ...shaping });
  const hasQuery = Object.keys(whole.shape).length > 0;
  return { ...(params ? { path: params } : {}), ...(hasQuery ? { query: whole } : {}), header: headersOf(endpoint) };
}

function bodyOf({ method, accepts, body }: Endpoint): Pick<ZodOpenApiOperationObject, "requestBody"> {
  if (!body) return {};
  if (accepts === "json") {
    // RFC 7396: null clears, what is left out stays.
    const merge = method === "PATCH" ? { "application/merge-patch+json": { schema: body } } : {};
    return { requestBody: { required: true, content: { "application/json": { schema: body }, ...merge } } };
  }
  const file = z.array(z.string().meta({ format: "binary" })).meta({ description: "One part `file` for each file" });
  const form = z.object({ file, ...(body instanceof z.ZodObject ? body.shape : {}) });
  return { requestBody: { required: true, content: { "multipart/form-data": { schema: form } } } };
}

function answerOf(endpoint: Endpoint) {
  const { answers, status } = endpoint;
  const response = expandedResponse(endpoint);
  const headers = answerHeaders(endpoint);
  if (status === 204 || (!response && answers === "json")) return { 204: { description: "Done", headers } };
  const content: Record<string, { schema: z.ZodType }> = {};
  if (response) content["application/json"] = { schema: response };
  if (answers === "csv") content["text/csv"] = { schema: z.string() };
  if (answers === "events") content["text/event-stream"] = { schema: z.string() };
  return { [status]: { description: status === 202 ? "Accepted" : "Done", headers, content } };
}

function operationOf(endpoint: Endpoint): ZodOpenApiOperationObject {
  const { method, answers, isVersioned, tag, summary, permission } = endpoint;
  const isWrite = method !== "GET";
  return {
    operationId: operationId(endpoint),
    tags: [tag],
    summary,
    description: `Who may: ${permission}`,
    requestParams: parametersOf(endpoint),
    ...bodyOf(endpoint),
    responses: {
      ...answerOf(endpoint),
      ...(isWrite || answers !== "json" ? {} : { 304: { description: "Unchanged since If-None-Match" } }),
      400: problem("The input does not fit the schema; `errors` names each field"),
      401: problem("No key, an unknown or a revoked one"),
      403: problem("The key's role may not do this"),
      404: problem("Not there, or another workspace's"),
      ...(isWrite ? { 409: problem("Conflict"), 413: problem("Too large"), 415: problem("Wrong media type") } : {}),
      ...(isWrite ? { 422: problem("Refused by a rule, or the Idempotency-Key belongs to another request") } : {}),
      ...(isWrite && isVersioned ? { 412: problem("The row has changed"), 428: problem("If-Match is missing") } : {}),
      429: problem("Too many requests; Retry-After says when"),
      500: problem("Internal error"),
      503: problem("Not available at the moment"),
    },
  };
}

function pathsOf(): ZodOpenApiPathsObject {
  const paths: ZodOpenApiPathsObject = {};
  for (const endpoint of endpoints) {
    const method = endpoint.method.toLowerCase() as "get" | "post" | "patch" | "delete";
    paths[endpoint.path] = { ...paths[endpoint.path], [method]: operationOf(endpoint) };
  }
  return paths;
}

let made: ReturnType<typeof createDocument> | undefined;

/** The OpenAPI 3.1 document, made from the definitions that the door itself reads. */
export function apiDocument(): ReturnType<typeof createDocument> {
  made ??= createDocument(
    {
      openapi: "3.1.1",
      info: {
        title: "Wheelhouse",
        version: "1.0.0",
        description: "The public API of a workspace.",
        license: { name: "AGPL-3.0-or-later", identifier: "AGPL-3.0-or-later" },
      },
      servers: [{ url: `${publicOrigin()}/api/v1` }],
      security: [{ key: [] }],
      tags: [...new Set(endpoints.map(({ tag }) => tag))].map((name) => ({ name })),
      paths: pathsOf(),
      components: {
        securitySchemes: { key: { type: "http", scheme: "bearer", bearerFormat: "wh_<workspace>_<secret>" } },
      },
    },
    {
      override: ({ jsonSchema, zodSchema, io }) => {
        if (zodSchema._zod.def.type === "date" && io === "output") {
          jsonSchema.type = "string";
          jsonSchema.format = "date-time";
        }
      },
    },
  );
  return made;
}
