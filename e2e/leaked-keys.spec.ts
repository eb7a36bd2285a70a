import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, signUpSomebody, test } from "./fixtures";
import { seedCredential } from "./page-objects";
import { type Portal, startPortal } from "./portal";
import { makePortalHome } from "./portal-home";
import { rightCredential } from "./refusals";

const root = join(import.meta.dirname, "..");

/** The leak commands in docs/operating.md, one text per step with commands, exactly as printed there. */
function stepsAsWritten(): string[] {
  const text = readFileSync(join(root, "docs/operating.md"), "utf8");
  const walk = /### When `SECRET_KEYS` has leaked\n([\s\S]*?)\n## /.exec(text)?.[1] ?? "";
  return [...walk.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, commands = ""]) => commands);
}

/** Runs a step in a shell with these settings; returns its output and the resulting SECRET_KEYS. */
async function runStep(commands: string, env: Record<string, string>) {
  const mark = "SECRET_KEYS afterwards: ";
  const shell = spawn("bash", ["-c", `set -eu\n${commands}\nprintf '${mark}%s' "$SECRET_KEYS"`], {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let printed = "";
  for (const stream of [shell.stdout, shell.stderr]) {
    stream.on("data", (chunk: Buffer) => {
      printed += chunk.toString();
    });
  }
  const [code] = await once(shell, "close");
  const [said = "", secretKeys = ""] = printed.split(mark);
  expect(code, said).toBe(0);
  return { said, secretKeys };
}

test("the documented steps for a leak of SECRET_KEYS work as written", async ({ sandbox }) => {
  test.setTimeout(400_000);
  const home = await makePortalHome();
  const isEmbedded = home.databaseUrl === "";
  let portal: Portal | null = await startPortal(home.settings);
  const user = await signUpSomebody(portal.origin);
  const { port } = new URL(portal.origin);
  await seedCredential(user, rightCredential(sandbox));

  const kept = isEmbedded
    ? (JSON.parse(readFileSync(join(home.dataDir, "keys.json"), "utf8")) as { secretKeys: string }) // Our own file, see lib/portal/keys.ts.
    : { secretKeys: home.settings.env?.SECRET_KEYS ?? "" };
  let env: Record<string, string> = {
    ...home.settings.env,
    DATA_DIR: home.dataDir,
    SECRET_KEYS: kept.secretKeys,
  };
  const start = () => startPortal({ ...home.settings, port: Number(port), env });
  const restart = async () => {
    await portal?.stop();
    portal = await start();
  };
  const run = async (commands: string) => {
    // Only one process at a time can open the embedded database.
    if (isEmbedded) await portal?.stop();
    const { said, secretKeys } = await runStep(commands, env);
    env = { ...env, SECRET_KEYS: secretKeys };
    if (isEmbedded) portal = await start();
    return said;
  };

  const [newKey = "", wrap = "", dropOld = "", rotate = "", prove = "", ...more] = stepsAsWritten();
  expect(more).toEqual([]);
  await run(newKey);
  await restart();
  expect(await run(wrap)).toContain("Next: take k1 out of SECRET_KEYS.");
  expect(await run(dropOld)).toContain("SECRET_KEYS: k2 wraps.");
  await restart();
  const rotated = await run(rotate);
  expect(rotated).toContain("Retired ");
  expect(rotated).toContain("Sealed 1 of 1 secret anew.");
  const proven = await run(prove);
  expect(proven).toContain("OK: every data key and every stored secret opens.");
  expect(proven).toMatch(/OK: \d+ events, none edited, removed, inserted or reordered\./);

  // The portal uses the new keys, and the leaked key opens nothing any more.
  await seedCredential(user, { ...rightCredential(sandbox), name: "Stored afterwards" });
  await portal?.stop();
  env = { ...env, SECRET_KEYS: kept.secretKeys };
  await expect(start()).rejects.toThrow(/KeysRefusedError: .*"k2"/);
  await home.remove();
});
