import { networkInterfaces } from "node:os";
import { expect, test } from "vitest";
import { sandboxAccounts, sandboxKeys } from "./accounts";
import { ask, basic } from "./ask";
import { instanceDescriptions } from "./instances";
import { firstSteps, overview } from "./overview";
import { startSandbox } from "./start";

const { jane } = sandboxAccounts;

test("a sandbox is reachable at every address of localhost, and no longer after it was closed", async () => {
  const sandbox = await startSandbox();
  const { port } = new URL(sandbox.origin);
  const ours = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
  const hosts = ["localhost", "127.0.0.1"];
  if (ours.some(({ address }) => address === "::1")) hosts.push("[::1]");
  for (const host of hosts) expect((await ask(`http://${host}:${port}/status`)).status).toBe(200);
  await sandbox.close();
  for (const host of hosts) await expect(ask(`http://${host}:${port}/status`)).rejects.toThrow();
});

test("two sandboxes share nothing", async () => {
  const [one, other] = await Promise.all([startSandbox(), startSandbox()]);
  await ask(`${one.origin}/status`);
  expect([one.journal().length, other.journal().length]).toEqual([1, 0]);
  await Promise.all([one.close(), other.close()]);
});

test("an occupied port is an error with the code EADDRINUSE", async () => {
  const sandbox = await startSandbox();
  await expect(startSandbox({ port: Number(new URL(sandbox.origin).port) })).rejects.toMatchObject({
    code: "EADDRINUSE",
  });
  await sandbox.close();
});

test("closing does not wait for a delayed response", async () => {
  const sandbox = await startSandbox();
  sandbox.set("/slow", { delayMs: 60_000 });
  const held = expect(ask(`${sandbox.url("/slow")}/status`)).rejects.toThrow();
  while (sandbox.journal().length === 0) await new Promise(setImmediate);
  await sandbox.close();
  await held;
});

test("reset restores settings, locks and the empty journal", async () => {
  const sandbox = await startSandbox();
  const users = `${sandbox.origin}/rest/api/1.0/users`;
  for (let turn = 0; turn < 5; turn += 1) await ask(users, { authorization: basic(jane.name, "wrong") });
  sandbox.set("/", { state: "MAINTENANCE" });
  sandbox.reset();
  expect(sandbox.journal()).toEqual([]);
  expect((await ask(users, { authorization: basic(jane.name, jane.password) })).status).toBe(200);
  await sandbox.close();
});

test("an invalid setting or an unknown instance throws and changes nothing", async () => {
  const sandbox = await startSandbox();
  expect(() => sandbox.set("/", { version: "newest" })).toThrow();
  expect(() => sandbox.set("/none", {})).toThrow("no instance at /none");
  expect(() => sandbox.url("/none")).toThrow("no instance at /none");
  expect((await ask(`${sandbox.origin}/rest/api/1.0/application-properties`)).text).toContain("9.4.3");
  await sandbox.close();
});

test("the first steps are a few lines with what a first credential needs", async () => {
  const sandbox = await startSandbox();
  const lines = firstSteps(sandbox).split("\n");
  expect(lines.length).toBeLessThan(6);
  for (const needed of [sandbox.url("/"), jane.name, jane.password, sandboxKeys.janeWrite.value]) {
    expect(lines.filter((line) => line.endsWith(needed))).toHaveLength(1);
  }
  await sandbox.close();
});

test("the overview lines its columns up and names the console", async () => {
  const sandbox = await startSandbox();
  const lines = overview(sandbox).split("\n");
  const shown = instanceDescriptions.filter(({ group }) => /^(Healthy|Not ready)/.test(group));
  const columns = shown.map(({ path, note }) =>
    lines.find((line) => line.startsWith(`  ${sandbox.url(path)} `))?.indexOf(note),
  );
  expect(columns[0]).toBeGreaterThan(0);
  expect(new Set(columns).size).toBe(1);
  expect(lines).toContain(`Console  ${sandbox.consoleUrl}`);
  await sandbox.close();
});
