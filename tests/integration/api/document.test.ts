import { describe, expect, test } from "vitest";
import { apiDocument } from "@/lib/api/document";
import { readableApi } from "@/lib/api/readable";
import { endpoints } from "@/lib/api/routes";

type Walk = (value: unknown, visit: (object: Record<string, unknown>) => void) => void;

const walk: Walk = (value, visit) => {
  if (typeof value !== "object" || value === null) return;
  visit(value as Record<string, unknown>);
  for (const each of Object.values(value)) walk(each, visit);
};

// What the door itself reads, beside what it tells others.
const document = JSON.parse(JSON.stringify(apiDocument())) as {
  openapi: string;
  info: { title: string; version: string };
  security: unknown[];
  paths: Record<string, Record<string, { operationId: string; responses: Record<string, unknown> }>>;
  components: { schemas: Record<string, unknown>; securitySchemes: Record<string, unknown> };
};

describe("the OpenAPI document", () => {
  test("is version 3.1 and describes every operation once", () => {
    expect(document.openapi).toMatch(/^3\.1\.\d$/);
    const described = Object.entries(document.paths).flatMap(([path, item]) =>
      Object.keys(item).map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect(described.sort()).toEqual(endpoints.map(({ method, path }) => `${method} ${path}`).sort());
  });

  test("has operation ids that differ, and every reference leads somewhere", () => {
    const ids = Object.values(document.paths).flatMap((item) =>
      Object.values(item).map(({ operationId }) => operationId),
    );
    expect(new Set(ids).size).toBe(ids.length);
    const missing: string[] = [];
    walk(document, (object) => {
      const { $ref } = object;
      if (typeof $ref !== "string") return;
      const name = $ref.replace("#/components/schemas/", "");
      if (!(name in document.components.schemas)) missing.push($ref);
    });
    expect(missing).toEqual([]);
  });

  test("names every parameter of a path and demands a key", () => {
    expect(document.security).toEqual([{ key: [] }]);
    for (const [path, item] of Object.entries(document.paths))
      for (const operation of Object.values(item)) {
        const names = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]);
        const { parameters = [] } = operation as { parameters?: { name: string; in: string }[] };
        const inPath = parameters.filter((parameter) => parameter.in === "path").map((parameter) => parameter.name);
        expect([path, inPath.sort()]).toEqual([path, names.sort()]);
        for (const status of ["401", "404", "429", "500", "503"]) expect(operation.responses).toHaveProperty(status);
      }
  });

  test("every object that takes input refuses unknown names", () => {
    for (const { method, path, body } of endpoints) {
      if (!body) continue;
      const parsed = body.safeParse({ surprise: 1 });
      const codes = parsed.error?.issues.map((issue) => issue.code) ?? [];
      expect([method, path, codes.includes("unrecognized_keys")]).toEqual([method, path, true]);
    }
  });

  test("the readable page tells of the same operations", () => {
    const told = readableApi().flatMap(({ operations }) => operations.map(({ method, path }) => `${method} ${path}`));
    expect(told.sort()).toEqual(endpoints.map(({ method, path }) => `${method} /api/v1${path}`).sort());
  });
});
