import { connect } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "@playwright/test";
import { routeRows } from "@/lib/testing/register/every-route";
import { type NextServer, spawnNextServer } from "./next-server";
import { freePort, portalEnvironment } from "./portal";
import { makePortalHome, type PortalHome } from "./portal-home";

const root = join(import.meta.dirname, "..");
// The fault that this test looks for occurred in five of six starts.
const starts = 20;
const paths = [...routeRows.map(({ address }) => address(crypto.randomUUID())), "/nothing-here"];

let home: PortalHome;

test.beforeAll(async () => {
  home = await makePortalHome();
});

test.afterAll(() => home.remove());

test(`${starts} cold starts with parallel first requests to every page, in both orders, give no 500`, async () => {
  test.setTimeout(900_000);
  const seen = new Map<string, number>();
  for (let start = 0; start < starts; start += 1) {
    const port = await freePort();
    const origin = `http://localhost:${port}`;
    const portal = spawnNextServer({
      folder: root,
      port,
      env: portalEnvironment({ ...home.settings, origin }),
    });
    try {
      await untilOpen(port, portal);
      const order = start % 2 === 0 ? paths : paths.toReversed();
      const statuses = await Promise.all(order.map((path) => statusOf(origin + path)));
      for (const [at, status] of statuses.entries()) {
        expect(status, `${order[at]} at start ${start}: ${portal.output()}`).toBeLessThan(500);
        seen.set(String(order[at]), status);
      }
    } finally {
      await portal.stop();
    }
  }
  // Proves that the pages responded as usual, not all with the same error.
  expect(seen.get("/sign-up")).toBe(200);
  expect(seen.get("/credentials")).toBe(307);
  expect(seen.get("/nothing-here")).toBe(404);
});

async function statusOf(url: string): Promise<number> {
  const answer = await fetch(url, { redirect: "manual" });
  await answer.arrayBuffer();
  return answer.status;
}

/** Resolves as soon as the port accepts connections. */
async function untilOpen(port: number, portal: NextServer): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (Date.now() < deadline) {
    if (await isOpen(port)) return;
    await sleep(5);
  }
  throw new Error(`the port was not opened within a minute:\n${portal.output()}`);
}

function isOpen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "localhost");
    const end = (open: boolean) => {
      socket.destroy();
      resolve(open);
    };
    socket.once("connect", () => end(true)).once("error", () => end(false));
  });
}
