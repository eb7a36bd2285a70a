import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { callOut } from "./call-out";
import { defaultLimits } from "./limits";
import type { EgressPolicy } from "./policy";

const policy: EgressPolicy = { mode: "open", allow: [], loopback: true };
const callsEach = 20;
const megabyte = 1024 * 1024;

let flood: ChildProcess;
let ports: Record<string, number>;
beforeAll(async () => {
  flood = fork(fileURLToPath(new URL("../testing/flood.ts", import.meta.url)), {
    execArgv: ["--import", "tsx"],
  });
  const [told] = await once(flood, "message");
  ports = told;
}, 20_000);
afterAll(() => {
  flood.disconnect();
});

/** The most that the process held beyond what it holds now, in bytes, looked at every few milliseconds while `work` runs. */
async function peakDuring(work: () => Promise<unknown>): Promise<number> {
  const held = () => {
    const { heapUsed, external } = process.memoryUsage();
    return heapUsed + external;
  };
  const before = held();
  let most = before;
  const look = setInterval(() => {
    most = Math.max(most, held());
  }, 2);
  await work();
  clearInterval(look);
  return Math.max(most, held()) - before;
}

test.each([
  ["an endless body", "too-large"],
  ["an endless header", "headers-too-large"],
  ["endless headers", "headers-too-large"],
  ["chunks without end", "too-large"],
  ["a compressed bomb", "bad-encoding"],
  ["JSON nested without end", "too-large"],
])(
  "26 %s takes no more memory than the limits allow, call after call",
  async (kind, failure) => {
    const url = `http://127.0.0.1:${ports[kind]}/`;
    const results: unknown[] = [];
    const peak = await peakDuring(async () => {
      const calls = Array.from({ length: callsEach }, () => callOut(policy, { url }));
      results.push(...(await Promise.all(calls)));
    });
    expect(results).toEqual(Array(callsEach).fill(expect.objectContaining({ ok: false })));
    expect(results).toMatchObject(Array(callsEach).fill({ failure: { kind: failure } }));
    // What all calls together may keep, and as much again that waits for the collector. Without limits it is gigabytes.
    expect(peak).toBeLessThan(2 * callsEach * defaultLimits.bodyBytes + 10 * megabyte);
  },
  20_000,
);
