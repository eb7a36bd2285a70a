import { setImmediate as nextTurn } from "node:timers/promises";
import { afterEach, expect, it, vi } from "vitest";
import { inTurn } from "./look-ups";

afterEach(() => {
  vi.useRealTimers();
});

/** A name server that answers when the test says so. */
function heldNameServer() {
  const asked: string[] = [];
  const answers: (() => void)[] = [];
  const resolve = (hostname: string) =>
    new Promise<readonly string[]>((answer) => {
      asked.push(hostname);
      answers.push(() => answer([`10.0.0.${asked.length}`]));
    });
  return { asked, resolve, answerAll: () => answers.splice(0).forEach((answer) => void answer()) };
}

it("silent name servers hold four threads at most, whatever is asked, and the others come to their turn", async () => {
  const { asked, resolve, answerAll } = heldNameServer();
  const turned = inTurn(resolve);
  const lookUp = (name: string) => turned(name, 10_000);
  const all = Promise.all(Array.from({ length: 10 }, (_, index) => lookUp(`host${index}`)));
  await nextTurn();
  expect(asked).toHaveLength(4);
  while (asked.length < 10) {
    answerAll();
    await nextTurn();
  }
  answerAll();
  expect(await all).toHaveLength(10);
});

it("a name that is asked for by many at once is looked up once, and anew afterwards", async () => {
  const { asked, resolve, answerAll } = heldNameServer();
  const turned = inTurn(resolve);
  const lookUp = (name: string) => turned(name, 10_000);
  const both = [lookUp("one"), lookUp("one")];
  await nextTurn();
  answerAll();
  expect(await Promise.all(both)).toEqual([["10.0.0.1"], ["10.0.0.1"]]);
  const again = lookUp("one");
  await nextTurn();
  answerAll();
  expect(await again).toEqual(["10.0.0.2"]);
  expect(asked).toEqual(["one", "one"]);
});

it("what nobody waits for any more is not asked, and a failure is no answer for the next one", async () => {
  vi.useFakeTimers({ toFake: ["performance"] });
  const { asked, resolve, answerAll } = heldNameServer();
  const turned = inTurn(resolve);
  const lookUp = (name: string) => turned(name, 30);
  const held = Promise.all(["a", "b", "c", "d"].map((name) => lookUp(name)));
  const late = lookUp("late").catch((error: unknown) => error);
  await nextTurn();
  vi.advanceTimersByTime(31);
  answerAll();
  await held;
  expect(await late).toMatchObject({ code: "ETIMEOUT" });
  expect(asked).toEqual(["a", "b", "c", "d"]);
  const again = lookUp("late");
  await nextTurn();
  answerAll();
  expect(await again).toHaveLength(1);
});
