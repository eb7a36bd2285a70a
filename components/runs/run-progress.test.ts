import { expect, it } from "vitest";
import type { RunSummary } from "@/lib/runs/types";
import { noDeliveries } from "@/lib/testing/run-summary";
import { progressOf } from "./run-progress";

const start = "2026-11-29T12:00:00.000Z";
const after = (seconds: number) => new Date(Date.parse(start) + seconds * 1000);

function aRun(changes: Partial<RunSummary> = {}): RunSummary {
  return {
    id: "11111111-1111-4111-8111-111111111111",
    mode: "new",
    trigger: "user",
    endpointId: "22222222-2222-4222-8222-222222222222",
    kind: "read",
    requestedBy: "Dana",
    state: "running",
    reason: null,
    facts: {},
    isCancelling: false,
    waitUntil: null,
    createdAt: start,
    startedAt: start,
    endedAt: null,
    parts: { all: 101, done: 20, skipped: 4, failed: 1 },
    records: { received: 5000, added: 0, changed: 0, unchanged: 0, deleted: 0, unusable: 0 },
    deliveries: noDeliveries,
    isTaking: false,
    calls: 40,
    waitedMs: 0,
    ...changes,
  };
}

it("the rest is as long as the parts that are left, at the pace of those that are settled", () => {
  expect(progressOf(aRun(), after(50))).toEqual({
    elapsedMs: 50_000,
    recordsPerSecond: 100,
    share: 25 / 101,
    restMs: 152_000,
  });
});

it("nothing is estimated from a start, from two parts, or of a run that is over", () => {
  expect(progressOf(aRun({ startedAt: null }), after(50))).toEqual({
    elapsedMs: null,
    recordsPerSecond: null,
    share: 25 / 101,
    restMs: null,
  });
  expect(progressOf(aRun(), after(1)).restMs).toBeNull();
  expect(
    progressOf(aRun({ parts: { all: 101, done: 2, skipped: 0, failed: 0 } }), after(50)).restMs,
  ).toBeNull();
  expect(progressOf(aRun({ endedAt: after(20).toISOString() }), after(50))).toMatchObject({
    elapsedMs: 20_000,
    restMs: null,
  });
});

it("the time that the server asked to wait does not lower the rate", () => {
  expect(progressOf(aRun({ waitedMs: 25_000 }), after(50)).recordsPerSecond).toBe(200);
});

it("with nothing but its start known, no share is shown", () => {
  expect(progressOf(aRun({ parts: { all: 1, done: 0, skipped: 0, failed: 0 } }), after(50)).share).toBeNull();
});

it("a destination's run goes by its records: those that are taken, or as many as are expected", () => {
  const deliveries = { ...noDeliveries, taken: 300, sent: 240, rejected: 10 };
  const run = aRun({ kind: "write", deliveries });
  expect(progressOf(run, after(50))).toMatchObject({ recordsPerSecond: 5, share: 250 / 300, restMs: 10_000 });
  const taking = { ...run, isTaking: true };
  expect(progressOf(taking, after(50))).toMatchObject({ share: null, restMs: null });
  expect(progressOf({ ...taking, expected: 1000 }, after(50))).toMatchObject({
    share: 0.25,
    restMs: 150_000,
  });
});
