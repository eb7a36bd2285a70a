import type { NextConfig } from "next";

const config: NextConfig = {
  poweredByHeader: false,
  // Browsers ask here before they have read which icon the page names.
  rewrites: async () => [{ source: "/favicon.ico", destination: "/icon.svg" }],
  reactStrictMode: true,
  // No page uses the image optimiser, which would read files and addresses on request: /_next/image is 404.
  images: { unoptimized: true },
  // Prebuilt binaries and WebAssembly: loaded from node_modules as they are.
  serverExternalPackages: [
    "@electric-sql/pglite",
    "@node-rs/argon2",
    "pg",
    "pg-boss",
    "pino",
    "rate-limiter-flexible",
  ],
  // `npm run verify` checks the types of the whole project, tests included; doing it again would only slow a build down.
  typescript: { ignoreBuildErrors: true },
  experimental: {
    // A credential's whole form is a few kilobytes; nothing larger is ever read.
    serverActions: { bodySizeLimit: "64kb" },
  },
};

export default config;
