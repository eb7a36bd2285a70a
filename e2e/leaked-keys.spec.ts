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

/** The commands of docs/operating.md for a leak, one text for each step that has any, exactly as they are printed there. */
function stepsAsWritten(): string[] {
  const text = readFileSync(join(root, "docs/operating.md"), "utf8");
  const walk = /### When `SECRET_KEYS` has leaked\n([\s\S]*?)\n## /.exec(text)?.[1] ?? "";
  return [...walk.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, commands = ""]) => commands);
}

/** Runs a step in a shell with these settings, and gives back what it printed and what SECRET_KEYS is afterwards. */
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

test("the steps for a leak of SECRET_KEYS do what they say, run as they are written", async ({ sandbox }) => {
  test.setTimeout(400_000);
  const home = await makePortalHome();
  const isEmbedded = home.databaseUrl === "";
  let portal: Portal | null = await startPortal(home.settings);
  const user = await signUpSomebody(portal.origin);
  const { port } = new URL(portal.origin);
  await seedCredential(user, rightCredential(sandbox));

  const kept = isEmbedded
    ? (JSON.parse(readFileSync(join(home.dataDir, "keys.json"), "utf8")) as { secretKeys: string }) // Ours, see lib/portal/keys.ts.
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
    // The embedded database is for one process at a time.
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

  // The portal goes on with the new keys, and the leaked one opens nothing any more.
  await seedCredential(user, { ...rightCredential(sandbox), name: "Stored afterwards" });
  await portal?.stop();
  env = { ...env, SECRET_KEYS: kept.secretKeys };
  await expect(start()).rejects.toThrow(/KeysRefusedError: .*"k2"/);
  await home.remove();
});
