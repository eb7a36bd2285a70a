import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { lockFolder } from "@/lib/db/folder-lock";
import { readCall } from "./call";
import { usage } from "./report";
import { verbs } from "./verbs";

async function runKeys(words: readonly string[], env: Record<string, string> = {}) {
  const dataDir = await mkdtemp(join(tmpdir(), "latchkey-keys-"));
  const args = [
    "--conditions=react-server",
    "--import",
    "tsx",
    join(import.meta.dirname, "command.ts"),
    ...words,
  ];
  const child = spawn(process.execPath, args, {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, DATABASE_URL: "", SECRET_KEYS: "", DATA_DIR: dataDir, ...env },
  });
  const printed = { out: "", err: "" };
  child.stdout.on("data", (chunk: Buffer) => {
    printed.out += chunk.toString();
  });
  child.stderr.on("data", (chunk: Buffer) => {
    printed.err += chunk.toString();
  });
  const [code] = await once(child, "close");
  return { code, ...printed, dataDir };
}

describe("the command npm run keys", () => {
  it.each([
    [[], "A verb is missing."],
    [["rotate"], "There is no verb “rotate”."],
    [["toString"], "There is no verb “toString”."],
    [["status", "now"], "status takes no such argument."],
    [["rotate-data", "a", "b"], "rotate-data takes no such argument."],
  ])("called as %j is wrong, and is told why and which verbs there are", (words, problem) => {
    const call = readCall(words);
    expect(call).toMatchObject({ kind: "wrong", text: expect.stringContaining(problem) });
    for (const verb of Object.keys(verbs)) expect(usage).toContain(`\n  ${verb} `);
  });

  it("called wrongly ends with 2 and touches nothing", async () => {
    const { code, out, err, dataDir } = await runKeys(["rotate"]);
    expect([code, out]).toEqual([2, ""]);
    expect(err).toContain("There is no verb “rotate”.");
    expect(await readdir(dataDir)).toEqual([]);
  });

  it("names the problem of a setting, without printing a key", async () => {
    const key = Buffer.alloc(31, 7).toString("base64");
    const { code, out, err } = await runKeys(["status"], { SECRET_KEYS: `k1:${key}` });
    expect([code, out]).toEqual([1, ""]);
    expect(err).toContain('SECRET_KEYS key "k1" is 31 bytes long');
    expect(err).not.toContain(key);
  });

  it("says that the embedded database is in use, and what to do, while a portal runs on it", async () => {
    const folder = await mkdtemp(join(tmpdir(), "latchkey-keys-"));
    const release = await lockFolder(folder);
    const { code, out, err } = await runKeys(["status"], { DATA_DIR: folder });
    release();
    expect([code, out]).toEqual([1, ""]);
    expect(err).toMatch(/FolderInUseError: .* is open in another process\. Stop that one/);
  });
});
