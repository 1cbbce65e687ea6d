import createNextIntlPlugin from "next-intl/plugin";

const headers = [
  { key: "X-Content-Type-Options", value: "nosniff" },
  { key: "X-Frame-Options", value: "DENY" },
  // Customer pages carry their key in the path: no other site may see it in a Referer.
  { key: "Referrer-Policy", value: "same-origin" },
  { key: "Permissions-Policy", value: "camera=(), microphone=(), geolocation=(), browsing-topics=()" },
  { key: "Cross-Origin-Opener-Policy", value: "same-origin" },
  { key: "Cross-Origin-Resource-Policy", value: "same-origin" },
  { key: "Strict-Transport-Security", value: "max-age=31536000" },
  { key: "X-Permitted-Cross-Domain-Policies", value: "none" },
];

/** @type {import("next").NextConfig} */
const config = {
  typedRoutes: true,
  poweredByHeader: false,
  reactStrictMode: true,
  images: { unoptimized: true },
  serverExternalPackages: [
    "pino",
    "graphile-worker",
    "pg",
    "@prisma/client",
    "@prisma/adapter-pg",
    "nodemailer",
    "@react-pdf/renderer",
  ],
  // A lock file further up must not make another folder the root.
  turbopack: { root: import.meta.dirname },
  // `npm test` checks the types of the whole tree, tests included; a start need not wait for it again.
  typescript: { ignoreBuildErrors: true },
  // No page is cached on the server: each one is rendered for its reader.
  cacheMaxMemorySize: 0,
  // A build is made once for its sources: writing down its steps for a next one costs a quarter of it.
  experimental: { preloadEntriesOnStart: false, turbopackFileSystemCacheForBuild: false },
  redirects: async () => [{ source: "/w/:workspace", destination: "/w/:workspace/home", permanent: false }],
  headers: async () => [{ source: "/:path*", headers }],
};

export default createNextIntlPlugin("./lib/i18n/request.ts")(config);
