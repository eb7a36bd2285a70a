import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { chromium } from "@playwright/test";

const systemPaths = [
  // The headless shell needs three fifths of the full browser's processor time.
  "/usr/bin/chromium-headless-shell",
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

/** Start options for a quiet, offline Chromium; the root user must run it without its sandbox. */
export const chromiumArguments = [
  "--disable-gpu",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
  ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
];

/** The path of an installed Chromium, or null. `CHROMIUM_PATH` takes precedence. */
export function findChromium(): string | null {
  const candidates = [process.env.CHROMIUM_PATH, chromium.executablePath(), ...systemPaths];
  return candidates.find((path) => path !== undefined && existsSync(path)) ?? null;
}

/** Like `findChromium`, but installs a Chromium if there is none; an error names the cure. */
export function findOrInstallChromium(): string {
  const found = findChromium();
  if (found) return found;
  process.stderr.write("Installing a Chromium for the browser tests…\n");
  const attempts: [string, string[]][] = [["npx", ["playwright", "install", "chromium"]]];
  // Debian and its derivatives have a package, for networks where Playwright's download is blocked.
  if (existsSync("/usr/bin/apt-get") && process.getuid?.() === 0) {
    attempts.unshift([
      "sh",
      [
        "-c",
        "apt-get update -qq && (apt-get install -y -qq chromium-headless-shell || apt-get install -y -qq chromium)",
      ],
    ]);
  }
  for (const [command, args] of attempts) {
    try {
      execFileSync(command, args, { stdio: ["ignore", 2, 2] });
    } catch {
      continue;
    }
    const installed = findChromium();
    if (installed) return installed;
  }
  throw new Error(
    "No Chromium was found and none could be installed. Install one and set CHROMIUM_PATH to it.",
  );
}
