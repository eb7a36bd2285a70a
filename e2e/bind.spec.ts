import { networkInterfaces } from "node:os";
import { expect, test } from "@playwright/test";
import { startPortal } from "./portal";
import { makePortalHome } from "./portal-home";

test.describe.configure({ timeout: 120_000 });

const others = Object.values(networkInterfaces())
  .flatMap((each) => each ?? [])
  .filter(({ family, internal }) => family === "IPv4" && !internal)
  .map(({ address }) => address);

test("with BIND the portal listens on that address alone, and without it on all", async () => {
  const home = await makePortalHome();
  const { env } = home.settings;
  const bound = await startPortal({ ...home.settings, env: { ...env, BIND: "127.0.0.1" } });
  const { port } = new URL(bound.origin);
  expect((await fetch(`http://127.0.0.1:${port}/api/health`)).status).toBe(200);
  for (const address of ["[::1]", ...others]) {
    await expect(fetch(`http://${address}:${port}/api/health`)).rejects.toThrow();
  }
  await bound.stop();

  const open = await startPortal(home.settings);
  for (const address of ["127.0.0.1", ...others]) {
    expect((await fetch(`http://${address}:${new URL(open.origin).port}/api/health`)).status).toBe(200);
  }
  await open.stop();
  await home.remove();
});
