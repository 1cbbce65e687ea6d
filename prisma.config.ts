import { defineConfig } from "prisma/config";

// `generate` never runs the native schema engine, but the command wants a file there and would fetch one otherwise.
process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= process.execPath;

export default defineConfig({
  schema: "prisma/schema",
  migrations: { path: "prisma/migrations" },
  datasource: { url: process.env.DATABASE_OWNER_URL ?? "postgresql://localhost/none" },
});
