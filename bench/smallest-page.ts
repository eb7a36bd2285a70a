import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type NextServer, startNextServer } from "../e2e/next-server";
import { freePort } from "../e2e/portal";

const root = join(import.meta.dirname, "..");
const folder = join(root, ".bench", "smallest");

// What Next.js requires, and one read of the request, so that the page is rendered each time. Without `pageExtensions`
// Turbopack would take `proxy` and `instrumentation` from the portal's folder above.
const files: Record<string, string> = {
  "package.json": `{ "private": true, "type": "module" }\n`,
  "next.config.mjs": `export default {
  poweredByHeader: false,
  reactStrictMode: true,
  pageExtensions: ["jsx"],
  turbopack: { root: ${JSON.stringify(root)} },
};
`,
  "app/layout.jsx": `export const metadata = { title: "Smallest" };

export default function Layout({ children }) {
  return (
    <html lang="en">
      <body>{children}</body>
    </html>
  );
}
`,
  "app/page.jsx": `import { headers } from "next/headers";

export default async function Page() {
  return <p>{(await headers()).get("host")}</p>;
}
`,
};

/**
 * The smallest dynamic Next.js page, built and running: the lower limit for any page of this framework on this machine.
 */
export type SmallestPage = NextServer & { origin: string };

/** Writes, builds and starts the smallest dynamic page, with the portal's Next.js and start command. */
export async function startSmallestPage(): Promise<SmallestPage> {
  const built = smallestFolder();
  const port = await freePort();
  const origin = `http://localhost:${port}`;
  const server = await startNextServer({ folder: built, port, answersAt: `${origin}/`, env: {} });
  return { origin, ...server };
}

/** The folder of the smallest page's build. */
export function smallestFolder(): string {
  buildIfNeeded();
  return folder;
}

function buildIfNeeded(): void {
  const stamp = join(folder, ".next", "built-from");
  const wanted = JSON.stringify([files, readFileSync(join(root, "package-lock.json"), "utf8").length]);
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;
  process.stderr.write("Building the smallest page…\n");
  rmSync(folder, { recursive: true, force: true });
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(folder, path, ".."), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  // React and Next.js resolve from the portal's node_modules, two folders up.
  execFileSync(process.execPath, [join(root, "node_modules/next/dist/bin/next"), "build"], {
    cwd: folder,
    stdio: ["ignore", 2, 2],
    env: { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
  });
  writeFileSync(stamp, wanted);
}
