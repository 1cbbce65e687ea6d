import { describe, expect, test } from "vitest";
import { splitStatements } from "@/prisma/statements";

describe("splitStatements", () => {
  test("sends each statement by itself and keeps its comment", () => {
    expect(splitStatements("-- a table; of one column\nCREATE TABLE a (b int);\n\nDROP TABLE a;")).toEqual([
      "-- a table; of one column\nCREATE TABLE a (b int)",
      "DROP TABLE a",
    ]);
  });

  test.each([
    ["a string", "SELECT 'it''s; one'"],
    ["a string with escapes", "SELECT E'it\\'s; one'"],
    ["a string that ends in a backslash", "SELECT 'one\\', ';'"],
    ["a quoted name", 'SELECT 1 AS "a;b"'],
    ["a dollar quote", "DO $$ BEGIN PERFORM 1; END $$"],
    ["a tagged dollar quote", "DO $body$ BEGIN PERFORM '$$;'; END $body$"],
    ["a nested block comment", "/* a; /* b; */ c; */ SELECT 1"],
    ["a placeholder beside a semicolon in a string", "SELECT a$1, ';'"],
  ])("does not cut inside %s", (_name, sql) => {
    expect(splitStatements(`${sql};`)).toEqual([sql]);
  });

  test("leaves out what holds no statement", () => {
    expect(splitStatements(";; -- only a remark\n ; /* and another */")).toEqual([]);
  });
});
