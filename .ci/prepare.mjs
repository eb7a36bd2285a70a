// Sets up what a command needs on a machine with only Node.js and npm. Plain JavaScript, because nothing is installed
// yet when this file runs.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
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
  runNpm(["ci", "--no-audit", "--no-fund"], "Check the way to the package registry, then start again.");
  writeFileSync(installStamp, wanted);
}

function buildIfNeeded() {
  const wanted = digestOf(builtFrom);
  if (readStamp(buildStamp) === wanted) return;
  process.stderr.write("Building the portal…\n");
  runNpm(
    ["run", "--silent", "build"],
    "If nothing was changed here, remove the folder .next and start again.",
  );
  writeFileSync(buildStamp, wanted);
}

/**
 * Runs npm and keeps its output; a failure prints three lines: what happened, what to do and where the full output is.
 */
function runNpm(args, cure) {
  const { status, stdout, stderr, error } = spawnSync("npm", args, {
    encoding: "utf8",
    maxBuffer: 256 * 1024 * 1024,
    shell: process.platform === "win32",
  });
  if (status === 0) return;
  const kept = join(tmpdir(), `latchkey-npm-${process.pid}.log`);
  const printed = `${stdout ?? ""}\n${stderr ?? ""}\n${error ?? ""}`;
  writeFileSync(kept, printed);
  const lines = printed.split("\n").map((line) => line.trim());
  const reason =
    lines.find((line) => /\berror\b/i.test(line)) ?? lines.filter(Boolean).at(-1) ?? "no reason was given";
  process.stderr.write(
    `“npm ${args.join(" ")}” failed: ${reason.slice(0, 300)}\n${cure}\nEverything that it printed is in ${kept}\n`,
  );
  process.exit(1);
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
