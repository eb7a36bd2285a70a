import { setImmediate as nextTurn } from "node:timers/promises";
import { afterEach, expect, it, vi } from "vitest";
import { lookupQueue } from "./dns-lookups";

afterEach(() => {
  vi.useRealTimers();
});

/** A name server that answers when the test says so. */
function heldNameServer() {
  const requested: string[] = [];
  const answers: (() => void)[] = [];
  const resolve = (hostname: string) =>
    new Promise<readonly string[]>((answer) => {
      requested.push(hostname);
      answers.push(() => answer([`10.0.0.${requested.length}`]));
    });
  return { requested, resolve, answerAll: () => answers.splice(0).forEach((answer) => void answer()) };
}

it("silent name servers hold four threads at most, and other lookups get their turn", async () => {
  const { requested, resolve, answerAll } = heldNameServer();
  const turned = lookupQueue(resolve);
  const lookup = (name: string) => turned(name, 10_000);
  const all = Promise.all(Array.from({ length: 10 }, (_, index) => lookup(`host${index}`)));
  await nextTurn();
  expect(requested).toHaveLength(4);
  while (requested.length < 10) {
    answerAll();
    await nextTurn();
  }
  answerAll();
  expect(await all).toHaveLength(10);
});

it("parallel requests for a name share one lookup, and later ones make a new one", async () => {
  const { requested, resolve, answerAll } = heldNameServer();
  const turned = lookupQueue(resolve);
  const lookup = (name: string) => turned(name, 10_000);
  const both = [lookup("one"), lookup("one")];
  await nextTurn();
  answerAll();
  expect(await Promise.all(both)).toEqual([["10.0.0.1"], ["10.0.0.1"]]);
  const again = lookup("one");
  await nextTurn();
  answerAll();
  expect(await again).toEqual(["10.0.0.2"]);
  expect(requested).toEqual(["one", "one"]);
});

it("a lookup without a waiting caller is dropped, and a failure is not shared with the next one", async () => {
  vi.useFakeTimers({ toFake: ["performance"] });
  const { requested, resolve, answerAll } = heldNameServer();
  const turned = lookupQueue(resolve);
  const lookup = (name: string) => turned(name, 30);
  const held = Promise.all(["a", "b", "c", "d"].map((name) => lookup(name)));
  const late = lookup("late").catch((error: unknown) => error);
  await nextTurn();
  vi.advanceTimersByTime(31);
  answerAll();
  await held;
  expect(await late).toMatchObject({ code: "ETIMEOUT" });
  expect(requested).toEqual(["a", "b", "c", "d"]);
  const again = lookup("late");
  await nextTurn();
  answerAll();
  expect(await again).toHaveLength(1);
});
