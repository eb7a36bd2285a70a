import type { NextConfig } from "next";

const config: NextConfig = {
  poweredByHeader: false,
  // Browsers request /favicon.ico before they have read which icon the page names.
  rewrites: async () => [{ source: "/favicon.ico", destination: "/icon.svg" }],
  reactStrictMode: true,
  // Disables the image optimiser, which would read files and addresses on request: /_next/image is 404.
  images: { unoptimized: true },
  // Prebuilt binaries and WebAssembly: loaded from node_modules unbundled.
  serverExternalPackages: [
    "@electric-sql/pglite",
    "@node-rs/argon2",
    "pg",
    "pg-boss",
    "pino",
    "rate-limiter-flexible",
  ],
  // `npm run verify` checks all types, tests included; a second check would only slow the build down.
  typescript: { ignoreBuildErrors: true },
  experimental: {
    // Each page's code is loaded with its first request: loading all of them took a quarter of the start.
    preloadEntriesOnStart: false,
    // A credential's whole form is a few kilobytes; a larger body is never read.
    serverActions: { bodySizeLimit: "64kb" },
  },
};

export default config;
