import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Asks } from "@/lib/testing/register/entry";
import { actionRows, lastRows } from "@/lib/testing/register/every-action";
import { routeRows } from "@/lib/testing/register/every-route";
import { expect, signUpSomebody, test } from "./fixtures";
import { type Portal, startPortal } from "./portal";
import { makePortalHome } from "./portal-home";
import { makeFixture, type Things } from "./rights-fixture";
import { callAction } from "./server-actions";

// A portal of its own: the trace of a shared portal would contain other tests' requests.
const preload = pathToFileURL(join(import.meta.dirname, "watched-portal.mjs")).href;

function isOfThing(asks: Asks): asks is Asks & { of: keyof Things } {
  return asks.of === "credential" || asks.of === "endpoint" || asks.of === "team";
}

/** The portal's trace while `ask` is answered, sorted, because a page runs several queries at once. */
async function tracesOf(portal: Portal, ask: () => Promise<unknown>): Promise<string[]> {
  const before = portal.output().length;
  await ask();
  const since = () => portal.output().slice(before).split("\n");
  const isDone = () => {
    const [begun = 0, finished] = [begunLine, finishedLine].map(
      (line) => since().filter((printed) => printed === line).length,
    );
    return begun === finished && begun > 0;
  };
  await expect.poll(isDone).toBe(true);
  return (
    since()
      .filter((line) => line.startsWith("trace "))
      // A session's first request in a minute also updates `seen_at`.
      .filter((line) => !line.includes('update \\"sessions\\" set \\"seen_at\\"'))
      .sort()
  );
}

const begunLine = 'trace "begun"';
const finishedLine = 'trace "finished"';

/** Waits until no request is running, so that the next line belongs to the next request. */
async function untilIdle(portal: Portal): Promise<void> {
  const count = (line: string) => portal.output().split(line).length;
  await expect.poll(() => count(begunLine) - count(finishedLine)).toBe(0);
}

test("for another user's id every page, route and action runs the same statements as for an unknown id", async ({
  sandbox,
}) => {
  test.setTimeout(180_000);
  const home = await makePortalHome();
  const env = { ...home.settings.env, WORKER: "off", NODE_OPTIONS: `--import ${preload}` };
  const portal = await startPortal({ ...home.settings, env });
  try {
    const newUser = () => signUpSomebody(portal.origin);
    const fixture = await makeFixture(await newUser(), newUser, sandbox);
    const outsider = fixture.clients["other user"];
    await untilIdle(portal);
    const compare = async (what: string, of: keyof Things, ask: (id: string) => Promise<unknown>) => {
      const ofNothing = await tracesOf(portal, () => ask(crypto.randomUUID()));
      expect(ofNothing.filter((trace) => trace.includes("select")).length, what).toBeGreaterThan(1);
      expect(await tracesOf(portal, () => ask(fixture.others[of])), what).toEqual(ofNothing);
      expect(ofNothing, what).not.toContain('trace "network"');
    };
    for (const { asks, address } of routeRows) {
      if (!isOfThing(asks)) continue;
      await compare(address("…"), asks.of, async (id) => (await outsider.get(address(id))).text());
    }
    for (const row of [...actionRows, ...lastRows]) {
      if (!isOfThing(row)) continue;
      await compare(row.action, row.of, (id) => callAction(outsider, row.action, row.fields(id, fixture)));
    }
  } finally {
    await portal.stop();
    await home.remove();
  }
});
