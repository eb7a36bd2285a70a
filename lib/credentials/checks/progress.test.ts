import { setImmediate as nextTurn } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { Actor } from "@/lib/actor";
import type { CheckStep } from "@/lib/connectors/types";
import { followCheck, type OnStep, withProgress } from "./progress";

// Only the user's id matters here.
const [one, two] = [{ userId: "one" } as Actor, { userId: "two" } as Actor];
const address: CheckStep = { name: "address", state: "passed", durationMs: 0 };
const name: CheckStep = { name: "name", state: "passed", durationMs: 4 };
const certificate: CheckStep = { name: "certificate", state: "not-applicable", durationMs: null };
const connection: CheckStep = { name: "connection", state: "failed", durationMs: null };

let started = 0;

function newId(): string {
  started += 1;
  return started.toString(16).padStart(32, "0");
}

/** A check under way whose steps and end the test decides. */
function aCheck(actor: Actor = one) {
  const id = newId();
  const { promise: end, resolve, reject } = withResolvers<string>();
  let onStep: OnStep | undefined;
  const result = withProgress(actor, id, (listener) => {
    onStep = listener;
    return end;
  });
  return { id, result, resolve, reject, takeSteps: (step: CheckStep) => onStep?.(step) };
}

/** A browser that stays for as long as there is something to read. */
const staying = new AbortController().signal;
/** A browser that is gone: there is nothing for it to wait for. */
const gone = AbortSignal.abort();

async function all(steps: AsyncGenerator<CheckStep> | null): Promise<CheckStep[]> {
  const found: CheckStep[] = [];
  for await (const step of steps ?? []) found.push(step);
  return found;
}

describe("a check that is followed", () => {
  it("streams steps passed before and after its reader arrives, and ends with the check", async () => {
    const check = aCheck();
    check.takeSteps(address);
    const reader = await followCheck(one, check.id, staying);
    expect(await reader?.next()).toEqual({ done: false, value: address });
    const next = reader?.next();
    check.takeSteps(name);
    expect(await next).toEqual({ done: false, value: name });
    check.takeSteps(certificate);
    check.resolve("verified");
    expect(await all(reader)).toEqual([certificate]);
    expect(await check.result).toBe("verified");
  });

  it("streams neither the failed step nor those after it: only the result shows them", async () => {
    const check = aCheck();
    const reader = await followCheck(one, check.id, staying);
    check.takeSteps(address);
    check.takeSteps(connection);
    check.takeSteps({ ...certificate, state: "skipped" });
    check.resolve("failed");
    expect(await all(reader)).toEqual([address]);
  });

  it("may begin after its reader has come", async () => {
    const id = newId();
    const waiting = followCheck(one, id, staying);
    const result = withProgress(one, id, async (onStep) => onStep?.(address));
    expect(await all(await waiting)).toEqual([address]);
    await result;
  });

  it("is not visible to another user, even under its id", async () => {
    const check = aCheck();
    check.takeSteps(address);
    expect(await followCheck(two, check.id, gone)).toBeNull();
    check.resolve("over");
  });

  it("is gone when it is over, also when it threw", async () => {
    const [good, bad] = [aCheck(), aCheck()];
    const reader = await followCheck(one, bad.id, staying);
    good.resolve("over");
    bad.reject(new Error("no database"));
    await expect(bad.result).rejects.toThrow("no database");
    expect(await all(reader)).toEqual([]);
    await good.result;
    expect(await followCheck(one, good.id, gone)).toBeNull();
    expect(await followCheck(one, bad.id, gone)).toBeNull();
  });

  it("has three readers at most, and a place again for each that leaves", async () => {
    const check = aCheck();
    check.takeSteps(address);
    const readers = [];
    for (let count = 0; count < 3; count += 1) {
      const reader = await followCheck(one, check.id, staying);
      await reader?.next();
      readers.push(reader);
    }
    expect(await followCheck(one, check.id, gone)).toBeNull();
    await readers[0]?.return(undefined);
    expect(await followCheck(one, check.id, gone)).not.toBeNull();
    check.resolve("over");
  });

  it("lets its reader go when the reader's connection is cut", async () => {
    const check = aCheck();
    const browser = new AbortController();
    const reader = await followCheck(one, check.id, browser.signal);
    const read = all(reader);
    await nextTurn();
    browser.abort();
    expect(await read).toEqual([]);
    check.resolve("over");
    expect(await check.result).toBe("over");
  });
});

describe("a check without a reader", () => {
  it("is made without an id, and under an id that is in use, all the same", async () => {
    const check = aCheck();
    const listeners: unknown[] = [];
    const make = async (listener?: OnStep) => listeners.push(listener);
    await withProgress(one, undefined, make);
    await withProgress(one, check.id, make);
    expect(listeners).toEqual([undefined, undefined]);
    check.resolve("over");
  });
});

describe("a reader of a check that never starts", () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  it("ends after three seconds, whatever the garbage collector removed meanwhile", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const collectGarbage = exposedCollector();
    let letGo = 0;
    const browsers = Array.from({ length: 20 }, () => new AbortController());
    const waiting = browsers.map(({ signal }) =>
      followCheck(one, newId(), signal).finally(() => {
        letGo += 1;
      }),
    );
    for (let round = 0; round < 5; round += 1) {
      await nextTurn();
      collectGarbage();
    }
    await vi.advanceTimersByTimeAsync(2_999);
    expect(letGo).toBe(0);
    await vi.advanceTimersByTimeAsync(1);
    expect(await Promise.all(waiting)).toEqual(browsers.map(() => null));
  });
});

/** Node's own collector, which otherwise comes when it pleases. */
function exposedCollector(): () => void {
  setFlagsFromString("--expose-gc");
  return runInNewContext("gc");
}

function withResolvers<Value>() {
  let resolve: (value: Value) => void = () => undefined;
  let reject: (error: Error) => void = () => undefined;
  const promise = new Promise<Value>((onValue, onError) => {
    [resolve, reject] = [onValue, onError];
  });
  return { promise, resolve, reject };
}
