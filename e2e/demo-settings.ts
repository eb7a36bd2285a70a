import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { generateKeys } from "./portal-variables";
import { writeCaFile } from "./sandbox/ca-file";
import type { Sandbox } from "./sandbox/start";

const keysFile = ".data/demo/server-keys.json";

/** The demo portal's settings: it trusts the sandbox's authority, and takes only the database from the environment. */
export async function demoSettings(sandbox: Sandbox): Promise<Record<string, string>> {
  const databaseUrl = process.env.DATABASE_URL ?? "";
  return {
    SIGN_UP: "open",
    BIND: "",
    EGRESS_MODE: "open",
    EGRESS_CA_FILE: resolve(await writeCaFile(sandbox)),
    DATABASE_URL: databaseUrl,
    ...(databaseUrl ? keptKeys() : {}),
  };
}

// On a database server the portal generates no keys, and a second start needs those of the first.
function keptKeys(): Record<string, string> {
  if (!existsSync(keysFile)) {
    mkdirSync(".data/demo", { recursive: true, mode: 0o700 });
    writeFileSync(keysFile, JSON.stringify(generateKeys()), { mode: 0o600 });
  }
  return JSON.parse(readFileSync(keysFile, "utf8"));
}
