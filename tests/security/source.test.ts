import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { describe, expect, test } from "vitest";
import { endpoints } from "@/lib/api/routes";
import noSurface from "./no-surface.json" with { type: "json" };

const root = join(import.meta.dirname, "../..");

/** Every source file that serves somebody, with its text. */
const sources = ["lib", "app", "components", "proxy.ts", "instrumentation.ts"].flatMap((place) =>
  (place.endsWith(".ts") ? [""] : readdirSync(join(root, place), { recursive: true, encoding: "utf8" }))
    .map((file) => join(place, file))
    .filter((file) => /\.tsx?$/.test(file) && !file.includes("generated"))
    .map((file) => ({ file, text: readFileSync(join(root, file), "utf8") })),
);

const filesWith = (pattern: RegExp) => sources.filter(({ text }) => pattern.test(text)).map(({ file }) => file);

describe("what the sources may not do", () => {
  test("T13 no unchecked SQL, no setting that outlives its transaction, and raw names in four files alone", () => {
    expect(filesWith(/(query|execute)RawUnsafe|set_config|set\s+app\./i)).toEqual([]);
    expect(filesWith(/Prisma\.raw\(/).sort()).toEqual([
      "lib/imports/rows-of.ts",
      "lib/imports/worked-on.ts",
      "lib/insert-rows.ts",
      "lib/update-row.ts",
    ]);
    expect(filesWith(/\bnew pg\.(Client|Pool)\(/).sort()).toEqual([
      "lib/cli/seed.ts",
      "lib/db.ts",
      "lib/health/queries.ts",
      "lib/live/listener.ts",
    ]);
  });

  test("F11 nothing on the server asks an address of the network but the guarded ways to providers and mail", () => {
    const outbound = filesWith(/\bfetch\(|node:https?"|node:net"|node:dns"|node:tls"|undici|createTransport\(/);
    const onServer = outbound.filter((file) => !file.startsWith("components/") && file !== "lib/request.ts");
    expect(onServer.sort()).toEqual([
      "lib/auth/provider-guard.ts",
      "lib/email/tasks.ts",
      "lib/network.ts",
      "lib/server/arrivals.ts",
      "lib/server/shutdown.ts",
    ]);
    expect(sources.find(({ file }) => file === "lib/request.ts")?.text).not.toContain("server-only");
  });

  test("I06 no markup is written past React, and nobody's script or style is let in", () => {
    expect(filesWith(/dangerouslySetInnerHTML|\.innerHTML\s*=|\beval\(|new Function\(/)).toEqual([]);
  });

  test("what no test attacks has nothing to attack: the first sign of it asks for the test", () => {
    const open = Object.entries(noSurface).map(([id, { sign }]) => [id, filesWith(new RegExp(sign, "i"))]);
    expect(open.filter(([, files]) => files?.length)).toEqual([]);
  });

  test("A15 nobody acts as somebody else: the actor of a context is set at the doors alone", () => {
    expect(filesWith(/impersonat/i)).toEqual([]);
    expect(filesWith(/kind: "member"( as const)?, id\b/)).toEqual([
      "lib/auth/context.ts",
      // Who signs in over a provider is written down before she has a session.
      "lib/auth/oidc.ts",
      // Makes examples from the command line.
      "lib/load/example-frame.ts",
    ]);
  });
});

describe("what there is to attack", () => {
  test("O21 every way in is known: routes of the application and operations of the API", () => {
    const routes = sources.map(({ file }) => file).filter((file) => /^app\/.*route\.ts$/.test(file));
    const guarded = routes.filter((file) => file.startsWith("app/api/w/[workspace]/"));
    const others = routes.filter((file) => !guarded.includes(file)).sort();
    expect(others).toEqual([
      "app/api/auth/[...nextauth]/route.ts",
      "app/api/responses/[workspace]/route.ts",
      "app/api/v1/[...path]/route.ts",
      "app/api/v1/openapi.json/route.ts",
      "app/c/[token]/calendar.ics/route.ts",
      "app/c/[token]/photo/route.ts",
      "app/c/offer/[token]/pdf/route.ts",
      "app/livez/route.ts",
      "app/readyz/route.ts",
    ]);
    const door = /\b(get|post|download|streamFile|upload|readable|sessionStream)\(|requireContext\(/;
    const doorless = guarded.filter((file) => !door.test(readFileSync(join(root, file), "utf8")));
    expect(doorless).toEqual([]);
    expect(new Set(endpoints.map(({ path }) => path.split("/")[1])).size).toBeGreaterThan(15);
  });

  test("N04 every server action goes through a door that proves who asks", () => {
    const actions = sources.filter(({ text }) => /^"use server";/.test(text));
    expect(actions.length).toBeGreaterThan(10);
    const open: string[] = [];
    for (const { file, text } of actions)
      for (const [, name = "", rest = ""] of text.matchAll(/^export (?:const|async function) (\w+)(.*)$/gm))
        if (!/= (action|publicAction|customerAction|asCustomerAction|\w+Action)\(/.test(rest))
          open.push(`${file} ${name}`);
    // These touch nothing but the cookies of the browser that asks.
    expect(open.sort()).toEqual([
      "lib/auth/actions.ts signOut",
      "lib/i18n/actions.ts setDensity",
      "lib/i18n/actions.ts setLocale",
      "lib/i18n/actions.ts setTheme",
    ]);
  });
});

/** Every regular expression written in the sources, with the file it stands in. */
function expressions(): { name: string; expression: RegExp }[] {
  return sources.flatMap(({ file, text }) => {
    const found: { name: string; expression: RegExp }[] = [];
    const visit = (node: ts.Node): void => {
      if (ts.isRegularExpressionLiteral(node)) {
        const end = node.text.lastIndexOf("/");
        const flags = node.text.slice(end + 1).replace("g", "");
        found.push({ name: `${file} ${node.text}`, expression: new RegExp(node.text.slice(1, end), flags) });
      }
      ts.forEachChild(node, visit);
    };
    const kind = file.endsWith("x") ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
    visit(ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true, kind));
    return found;
  });
}

/** Expressions that see what cannot be hostile: names of two hundred characters at most, the end of our own base64. */
const onNamesAlone = ["lib/templates/rules.ts /^_+|_+$/g", "lib/customers/filter-tree.ts /=+$/"];

/** The least of three runs, in milliseconds: a machine that was busy elsewhere is no slow expression. */
function quickest(expression: RegExp, text: string, enough: number): number {
  let least = Number.POSITIVE_INFINITY;
  for (let run = 0; run < 3 && least > enough; run++) {
    const begun = performance.now();
    expression.lastIndex = 0;
    expression.test(text);
    least = Math.min(least, performance.now() - begun);
  }
  return least;
}

const seeds = ["a", "A", "0", " ", "\t", "\n", "-", ".", "@", "/", "<", '"', "'", ",", ";", "=", "_", "+", "א", "é"];
const pairs = ["a.", "a-", "a ", "0.", "a@", "a_", '""', "a\n", " \n", "://", "a=", "%41", "\\\\"];

const textsOf = (size: number) =>
  [...seeds, ...pairs].flatMap((seed) => {
    const long = seed.repeat(size / seed.length);
    return [`${long}!`, `a${long}\u0000`, `@${long}`];
  });

test("I12 no regular expression takes 50 ms over a hundred kilobytes, whatever they are", () => {
  const [short, long] = [textsOf(10_000), textsOf(100_000)];
  const slow = expressions().filter(({ name, expression }) => {
    if (onNamesAlone.includes(name)) return false;
    // What takes a tenth of it in no time is tried at full length; what does not would keep the test waiting for nothing.
    return (
      short.some((text) => quickest(expression, text, 5) > 5) ||
      long.some((text) => quickest(expression, text, 50) > 50)
    );
  });
  expect(slow.map(({ name }) => name)).toEqual([]);
}, 60_000);

describe("what is not ours", () => {
  type Lock = {
    packages: Record<
      string,
      {
        resolved?: string;
        integrity?: string;
        hasInstallScript?: boolean;
        link?: boolean;
        optional?: boolean;
        os?: string[];
      }
    >;
  };
  const lock = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")) as Lock;
  const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
    dependencies: Record<string, string>;
    devDependencies: Record<string, string>;
    allowScripts: Record<string, boolean>;
  };

  test("C09 every package is named by its hash and by no other registry, and ours by exact versions", () => {
    const packages = Object.entries(lock.packages).filter(([path, { link }]) => path !== "" && !link);
    const elsewhere = packages.filter(
      ([, { resolved }]) => resolved !== undefined && !resolved.startsWith("https://registry.npmjs.org/"),
    );
    expect(elsewhere.map(([path]) => path)).toEqual([]);
    // What another kind of machine would take stands in the lock without having been seen here.
    const unseen = packages.filter(
      ([path, { integrity, optional, os }]) =>
        !/^sha512-/.test(integrity ?? "") && !(optional && (os || /wasm32/.test(path))),
    );
    expect(unseen.map(([path]) => path)).toEqual([]);
    const versions = { ...manifest.dependencies, ...manifest.devDependencies };
    expect(
      Object.entries(versions).filter(([, version]) => !/^(npm:[\w@/-]+@)?\d+\.\d+\.\d+(-[\w.]+)?$/.test(version)),
    ).toEqual([]);
  });

  test("C09 a package that runs a script when it is installed is on the list", () => {
    const scripted = Object.entries(lock.packages)
      .filter(([, { hasInstallScript, optional }]) => hasInstallScript && !optional)
      .map(([path]) => path.replace(/^.*node_modules\//, ""));
    expect(scripted.filter((name) => !(name in manifest.allowScripts))).toEqual([]);
  });

  test("C09, N02 no package is older than the version that closed its known holes", () => {
    const floors: Record<string, string> = {
      next: "16.2.5", // GHSA-8h8q-6873-q5fj, CVE-2026-44573 to -44578
      react: "19.2.4", // CVE-2025-55182, CVE-2026-23870
      "react-dom": "19.2.4",
      "next-auth": "4.24.15", // CVE-2026-73420, GHSA-8fpg-xm3f-6cx3
      nodemailer: "7.0.7", // GHSA-5jpx-9hw9-2fx4
    };
    const parts = (version: string) => version.split(/[.-]/).slice(0, 3).map(Number);
    const isOlder = (version: string, floor: string) => {
      const [is, least] = [parts(version), parts(floor)];
      const at = is.findIndex((part, index) => part !== least[index]);
      return at >= 0 && (is[at] ?? 0) < (least[at] ?? 0);
    };
    const versions = lock.packages as Record<string, { version?: string }>;
    for (const [name, floor] of Object.entries(floors)) {
      const found = Object.entries(versions).filter(([path]) => path.endsWith(`node_modules/${name}`));
      expect(found.length, name).toBeGreaterThan(0);
      expect(found.filter(([, { version = "0" }]) => isOlder(version, floor))).toEqual([]);
    }
    expect([isOlder("16.2.4", "16.2.5"), isOlder("17.0.0", "16.2.5"), isOlder("16.2.5", "16.2.5")]).toEqual([
      true,
      false,
      false,
    ]);
  });

  test("C09 what is installed is what the lock names", () => {
    const read = (file: string) => JSON.parse(readFileSync(join(root, file), "utf8")) as Lock;
    const installed = Object.entries(read("node_modules/.package-lock.json").packages);
    expect(installed.length).toBeGreaterThan(100);
    const swapped = installed.filter(([path, { integrity }]) => {
      const named = lock.packages[path];
      return !named || (integrity !== undefined && named.integrity !== undefined && integrity !== named.integrity);
    });
    expect(swapped.map(([path]) => path)).toEqual([]);
  });

  test("C10 nothing in the repository looks like a secret", () => {
    const files = execFileSync("git", ["ls-files", "-z"], { cwd: root, encoding: "utf8" }).split("\0").filter(Boolean);
    const shapes = [
      /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
      /\bAKIA[0-9A-Z]{16}\b/,
      /\bgh[pousr]_[A-Za-z0-9]{36}\b/,
      /\bxox[baprs]-[A-Za-z0-9-]{20,}/,
      /\bsk_live_[A-Za-z0-9]{20,}/,
      /\bwh_[a-z0-9][a-z0-9-]*_[0-9A-Za-z]{46}\b/,
      /\beyJ[\w-]{20,}\.[\w-]{20,}\.[\w-]{10,}/,
    ];
    const found = files.flatMap((file) => {
      if (/\.(png|woff2|ico|jpg|webp)$/.test(file)) return [];
      let text: string;
      try {
        text = readFileSync(join(root, file), "utf8");
      } catch {
        return []; // taken away, and not yet committed so
      }
      return shapes.some((shape) => shape.test(text)) ? [file] : [];
    });
    expect(found).toEqual([]);
    expect(files.filter((file) => /(^|\/)\.env(\.(?!example$)|$)/.test(file))).toEqual([]);
  });
});
