import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { projectRoot } from "../../scripts/platform/project";
import { idNamed, type Rows } from "./foreign-rows";

/** Columns that a person wrote, and others read. */
export const written =
  /\.(name|name_he|given_name|family_name|notes|summary|text|question|answer|title|place|need|label|subject|reason|raw|origin|segment|detail|code)$/;

/** Every page of a workspace and every read of its screens, with these ids where a path names one. */
export function placesOf(slug: string, rows: Rows): string[] {
  const under = (folder: string, file: string) =>
    readdirSync(join(projectRoot, folder), { recursive: true, encoding: "utf8" })
      .filter((path) => path === file || path.endsWith(`/${file}`))
      .map((path) => path.slice(0, -file.length).replace(/\/$/, ""));
  const nounOf = (path: string) =>
    ({ hub: "customers", wheel: "customers", timeline: "customers" })[path.split("/")[0] ?? ""];
  const filled = (path: string) =>
    path.replaceAll(/\[(\w+)\]/g, (_all, name: string) => {
      const noun = nounOf(path) ?? path.split("/")[0] ?? "";
      try {
        return idNamed(rows, name, noun);
      } catch {
        return idNamed(rows, "id", "customers");
      }
    });
  return [
    ...under("app/w/[workspace]", "page.tsx").map((path) => `/w/${slug}/${filled(path)}`),
    ...under("app/api/w/[workspace]", "route.ts")
      .filter((path) => path !== "events")
      .map((path) => `/api/w/${slug}/${filled(path)}`),
  ];
}

/** The names that the schemas of a workspace's reads give their parameters, by the route's folder below the workspace. */
export function parametersOfReads(): { route: string; names: string[] }[] {
  const root = join(projectRoot, "app/api/w/[workspace]");
  return readdirSync(root, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith("/route.ts"))
    .flatMap((path) => {
      const text = readFileSync(join(root, path), "utf8");
      if (!/export const GET = get\(/.test(text)) return [];
      const imported = [...text.matchAll(/from "@\/(lib\/[\w/-]+)"/g)].map(([, module = ""]) => `${module}.ts`);
      const schemas = imported.map((file) => join(projectRoot, file)).filter((file) => existsSync(file));
      const sources = [
        text,
        ...schemas.filter((file) => !file.includes("/server/")).map((file) => readFileSync(file, "utf8")),
      ];
      const names = sources.flatMap((source) =>
        [...source.matchAll(/[{\s](\w+): (?:z\.|[A-Z]\w+[.,\s(])/g)].map(([, name = ""]) => name),
      );
      return [{ route: path.replace(/\/route\.ts$/, ""), names: [...new Set([...names, "q", "sort", "cursor"])] }];
    });
}
