import fc from "fast-check";
import { expect, it } from "vitest";
import { type Arrival, type Place, WaitingLine } from "./waiting-line";

const size = { atOnce: 1, waiting: 3, perOutsider: 2, perKnown: 2, longestWaitMs: 60_000 };
const outsider = (key: string): Arrival => ({ key, isKnown: false });
const known = (key: string): Arrival => ({ key, isKnown: true });

async function placeOf(arrival: Promise<Place | null>): Promise<Place> {
  const place = await arrival;
  if (!place) throw new Error("there was no place");
  return place;
}

it("serves unknown clients in the order in which they came, one at a time", async () => {
  const line = new WaitingLine(size);
  const served: string[] = [];
  const visit = async (key: string) => {
    const place = await placeOf(line.enter(outsider(key)));
    served.push(key);
    await Promise.resolve();
    place.leave();
  };
  await Promise.all(["a", "b", "c"].map(visit));
  expect(served).toEqual(["a", "b", "c"]);
});

it("turns unknown clients away at once when it is full, and serves a known arrival before all that wait", async () => {
  const line = new WaitingLine(size);
  const first = await placeOf(line.enter(outsider("a")));
  const waiting = ["b", "c", "d"].map((key) => line.enter(outsider(key)));
  expect(await line.enter(outsider("e"))).toBeNull();
  const owner = line.enter(known("owner"));
  first.leave();
  expect(
    await Promise.race([
      owner.then(() => "owner"),
      ...waiting.map((one) => one.then(() => "unknown client")),
    ]),
  ).toBe("owner");
});

it("lets known arrivals and unknown clients take turns, so that neither keeps the other out", async () => {
  const line = new WaitingLine(size);
  const served: string[] = [];
  const visit = async (arrival: Arrival) => {
    const place = await placeOf(line.enter(arrival));
    served.push(arrival.key);
    await Promise.resolve();
    place.leave();
  };
  await Promise.all([known("k1"), outsider("s1"), outsider("s2"), known("k2"), known("k3")].map(visit));
  expect(served).toEqual(["k1", "k2", "s1", "k3", "s2"]);
});

it("gives one key no more than its share, and gives it back when a place is left", async () => {
  const line = new WaitingLine(size);
  const first = await placeOf(line.enter(outsider("a")));
  const second = line.enter(outsider("a"));
  expect(await line.enter(outsider("a"))).toBeNull();
  const other = line.enter(outsider("b"));
  first.leave();
  (await placeOf(second)).leave();
  (await placeOf(other)).leave();
  expect(await line.enter(outsider("a"))).not.toBeNull();
});

it("lets no client wait longer than the longest wait, and drops clients that gave up", async () => {
  const line = new WaitingLine({ ...size, longestWaitMs: 10 });
  const first = await placeOf(line.enter(outsider("a")));
  expect(await line.enter(outsider("b"))).toBeNull();
  first.leave();
  expect(await line.enter(outsider("b"))).not.toBeNull();
});

it("counts a place that is left twice once", async () => {
  const line = new WaitingLine(size);
  const first = await placeOf(line.enter(outsider("a")));
  const second = line.enter(outsider("b"));
  first.leave();
  first.leave();
  const third = line.enter(outsider("c"));
  (await placeOf(second)).leave();
  expect(await third).not.toBeNull();
});

it("never has more at work than it should, and is empty again after any crowd", async () => {
  const arrivals = fc.array(fc.record({ key: fc.constantFrom("a", "b", "c"), isKnown: fc.boolean() }));
  await fc.assert(
    fc.asyncProperty(arrivals, fc.integer({ min: 1, max: 3 }), async (crowd, atOnce) => {
      const line = new WaitingLine({ ...size, atOnce });
      let busy = 0;
      await Promise.all(
        crowd.map(async (arrival) => {
          const place = await line.enter(arrival);
          if (!place) return;
          busy += 1;
          expect(busy).toBeLessThanOrEqual(atOnce);
          await new Promise((resolve) => setImmediate(resolve));
          busy -= 1;
          place.leave();
        }),
      );
      const again = await Promise.all(
        ["a", "b", "c"].slice(0, atOnce).map((key) => line.enter(outsider(key))),
      );
      expect(again).not.toContain(null);
    }),
    { numRuns: 50 },
  );
});
