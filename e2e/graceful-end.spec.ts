import { once } from "node:events";
import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "@playwright/test";
import { startTroubled, statusOf } from "./faults";
import { makePortalHome } from "./portal-home";
import { countRows } from "./stored-rows";

test.describe.configure({ timeout: 180_000 });

const saves = 24;

for (const delayMs of [0, 5, 30]) {
  test(`57 SIGTERM loses no acknowledged action: ${saves} Saves sent ${delayMs} ms before it are all answered and kept`, async () => {
    const home = await makePortalHome();
    const { settings } = home;
    const { portal, user } = await startTroubled({
      ...settings,
      env: { ...settings.env, DRAIN_SECONDS: "5" },
    });
    const forms = await Promise.all(
      Array.from({ length: saves }, (_, index) =>
        user.client.fillIn("/teams/new", { name: `Team ${index}`, description: "" }),
      ),
    );
    const answers = forms.map(({ path, body }) => user.client.post(path, body));
    await sleep(delayMs);
    process.kill(portal.pid, "SIGTERM");
    const statuses = await Promise.all(answers.map(async (answer) => (await answer).status));
    expect(statuses).toEqual(Array.from({ length: saves }, () => 303));
    await portal.stop();
    expect(await countRows(home, ["teams"])).toEqual({ teams: saves });
    await home.remove();
  });
}

test("a stopping portal reports that it is not ready, answers late requests, and lets no connection be reused", async () => {
  const home = await makePortalHome();
  const { settings } = home;
  const { portal, user } = await startTroubled({
    ...settings,
    env: { ...settings.env, DRAIN_SECONDS: "5" },
  });
  const before = await user.client.get("/api/health");
  expect([before.status, await before.json()]).toEqual([200, { status: "ready" }]);
  const stopped = portal.stop();
  await expect.poll(() => statusOf(portal, user, "/api/health")).toBe(503);
  const during = await user.client.get("/api/health");
  expect(await during.json()).toEqual({ status: "ending" });
  expect(during.headers.get("connection")).toBe("close");
  expect(await statusOf(portal, user, "/credentials")).toBe(200);
  await stopped;
  await expect(user.client.get("/api/health")).rejects.toThrow();
  await home.remove();
});

test("connections without a request do not keep a stopping portal from ending: silent ones, and half a request", async () => {
  const home = await makePortalHome();
  const { portal, user } = await startTroubled(home.settings);
  const { hostname, port } = new URL(portal.origin);
  const sockets = ["", "GET /api/health HTTP/1.1\r\nHost: a\r\n"].map((text) => {
    const socket = connect({ host: hostname, port: Number(port) });
    socket.on("error", () => undefined);
    socket.write(text);
    return socket;
  });
  await Promise.all(sockets.map((socket) => once(socket, "connect")));
  expect(await statusOf(portal, user, "/credentials")).toBe(200);
  await portal.stop();
  for (const socket of sockets) socket.destroy();
  await home.remove();
});
