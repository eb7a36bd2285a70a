import { growthOf, type Held, isFlat, memoryOf } from "../bench/memory-of";
import { soakRound } from "../bench/soak-round";
import { expect, signUpSomebody, test } from "./fixtures";
import { startPortal } from "./portal";
import { makePortalHome } from "./portal-home";

const rounds = 9;

test("57 a portal used for many rounds holds no more handles than before, and its memory stays in bounds", async () => {
  test.setTimeout(300_000);
  const home = await makePortalHome();
  const portal = await startPortal(home.settings);
  const samples: Held[] = [];
  for (let round = 0; round < rounds; round += 1) {
    // Another user each time, because three rounds would use up one user's rate limit.
    const { client } = await signUpSomebody(portal.origin);
    await soakRound(client);
    samples.push(memoryOf(portal.pid));
  }
  await portal.stop();
  await home.remove();
  const growth = growthOf(samples);
  expect(growth.handles, JSON.stringify(samples)).toBeLessThanOrEqual(1.1);
  // In so short a time uncollected garbage still counts; a leak in each request exceeds this limit.
  expect(growth.rss, JSON.stringify(samples)).toBeLessThanOrEqual(1.5);
});

test("57 the soak's judgement detects leaks of handles and of memory", () => {
  const steady = Array.from({ length: 12 }, (_, index) => ({ rssBytes: 300 + (index % 3), handles: 40 }));
  expect(isFlat(growthOf(steady))).toBe(true);
  expect(isFlat(growthOf(steady.map((one, index) => ({ ...one, handles: 40 + 2 * index }))))).toBe(false);
  expect(isFlat(growthOf(steady.map((one, index) => ({ ...one, rssBytes: 300 + 15 * index }))))).toBe(false);
  expect(() => growthOf(steady.slice(0, 2))).toThrow("three samples");
});
