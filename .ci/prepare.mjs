// Sets up what a command needs, on a machine that has Node.js and npm and nothing else. Plain JavaScript, because it
// runs before anything is installed.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
process.chdir(root);

const installStamp = "node_modules/.latchkey-installed";
const buildStamp = ".next/latchkey-built";
const builtFrom = [
  "app",
  "components",
  "lib",
  "drizzle",
  "proxy.ts",
  "instrumentation.ts",
  "instrumentation-client.ts",
  "next.config.ts",
  "postcss.config.mjs",
  "package-lock.json",
  "tsconfig.json",
];

const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
if (major < 20 || (major === 20 && minor < 18)) {
  process.stderr.write(`Latchkey needs Node.js 20.18.1 or newer; this is ${process.versions.node}.\n`);
  process.exit(1);
}

installIfNeeded();
if (process.argv.includes("--build")) buildIfNeeded();

function installIfNeeded() {
  const wanted = digestOf(["package-lock.json"]);
  if (readStamp(installStamp) === wanted) return;
  process.stderr.write("Installing the packages…\n");
  runNpm(["ci", "--no-audit", "--no-fund"]);
  writeFileSync(installStamp, wanted);
}

function buildIfNeeded() {
  const wanted = digestOf(builtFrom);
  if (readStamp(buildStamp) === wanted) return;
  process.stderr.write("Building the portal…\n");
  runNpm(["run", "--silent", "build"]);
  writeFileSync(buildStamp, wanted);
}

function runNpm(args) {
  try {
    // Standard output belongs to the command that is being prepared.
    execFileSync("npm", args, { stdio: ["ignore", 2, 2], shell: process.platform === "win32" });
  } catch {
    process.stderr.write(`“npm ${args.join(" ")}” failed; its own words are above.\n`);
    process.exit(1);
  }
}

function readStamp(file) {
  return existsSync(file) ? readFileSync(file, "utf8") : null;
}

function digestOf(paths) {
  const hash = createHash("sha256");
  for (const file of paths.filter((path) => existsSync(path)).flatMap(filesBelow)) {
    hash.update(file).update("\0").update(readFileSync(file)).update("\0");
  }
  return hash.digest("hex");
}

function filesBelow(path) {
  let entries;
  try {
    entries = readdirSync(path, { withFileTypes: true });
  } catch {
    return [path];
  }
  return entries
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const below = join(path, entry.name);
      if (entry.isDirectory()) return filesBelow(below);
      return /\.test\.tsx?$/.test(entry.name) ? [] : [below];
    });
}
