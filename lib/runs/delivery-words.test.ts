import { expect, it } from "vitest";
import { noDeliveries } from "@/lib/testing/run-summary";
import { runReasons } from "./reasons";
import type { RunSummary } from "./types";
import { describeRun } from "./words";

const run: RunSummary = {
  ...{ id: "r", endpointId: "d", kind: "write", mode: "all", trigger: "user", requestedBy: "Robin" },
  ...{ state: "succeeded", reason: null, facts: {}, isCancelling: false, isTaking: false },
  ...{ createdAt: "", startedAt: null, endedAt: null, waitUntil: null, calls: 9, waitedMs: 0 },
  parts: { all: 0, done: 0, skipped: 0, failed: 0 },
  records: { received: 0, added: 0, changed: 0, unchanged: 0, deleted: 0, unusable: 0 },
  deliveries: { ...noDeliveries, taken: 10_000, sent: 9_998, alreadyThere: 2 },
};
const dry = { ...run, kind: "dry-run" } as const;

it("a run that sent everything says how much, and what stood there already", () => {
  expect(describeRun(run)).toEqual({
    ...{ title: "Succeeded", sentence: "9,998 sent, 2 already there." },
    ...{ cure: null, whose: null },
  });
  const none = describeRun({ ...run, deliveries: noDeliveries });
  expect(none.sentence).toBe("There was no record to send.");
});

it("an incomplete run says what is missing, and who can do something about it", () => {
  const deliveries = { ...noDeliveries, taken: 9_998, sent: 9_995, rejected: 2, skipped: 1 };
  const words = describeRun({ ...run, state: "incomplete", deliveries });
  expect(words.sentence).toBe("9,995 sent, 2 rejected, 1 skipped.");
  expect(words.cure).toMatch(/^The results say why\./);
  expect(words.whose).toBe("the destination's owner");
  const unknown = { ...noDeliveries, taken: 2, sent: 1, unknown: 1 };
  const broken = describeRun({ ...run, state: "incomplete", deliveries: unknown });
  expect(broken.cure).toMatch(/^Where the connection broke, the server is asked/);
  expect(broken.whose).toBeNull();
});

it("a dry run says that nothing was sent", () => {
  const deliveries = { ...noDeliveries, taken: 5, wouldSend: 3, alreadyThere: 1, skipped: 1 };
  expect(describeRun({ ...dry, state: "incomplete", deliveries }).sentence).toBe(
    "3 would be sent, 1 already there, 1 invalid. Nothing was sent.",
  );
});

it("a run under way says how far it is, and that it stops", () => {
  const deliveries = { ...noDeliveries, taken: 300, sent: 120, rejected: 1 };
  expect(describeRun({ ...run, state: "running", deliveries }).sentence).toBe(
    "121 of 300 records done so far.",
  );
  const words = describeRun({ ...run, state: "running", deliveries, isCancelling: true });
  expect(words.sentence).toBe("It stops after the call under way.");
});

it("a run that stopped says what was sent, and what becomes of the rest", () => {
  const deliveries = { ...noDeliveries, taken: 10, sent: 4, held: 6 };
  const cancelled = describeRun({ ...run, state: "cancelled", deliveries });
  expect(cancelled.sentence).toBe("It was cancelled: 4 sent, 6 held.");
  expect(cancelled.cure).toBe("The next run sends what is held.");
  const facts = { failure: "SECRET_REJECTED", kind: "bitbucket-server", scheme: "bearer" } as const;
  const failed = describeRun({ ...run, state: "failed", reason: "credential-refused", facts, deliveries });
  expect(failed.sentence).toBe("The API key was not accepted. 4 sent, 6 held.");
  expect(failed.cure).toMatch(/ The next run sends what is held\.$/);
  const early = describeRun({ ...run, state: "failed", reason: "unreachable", deliveries: noDeliveries });
  expect(early.sentence).toBe("The server could not be reached. Before the first record.");
});

it.each(runReasons)("no destination's run is told of a source or of reading: %s", (reason) => {
  const words = describeRun({ ...run, state: "failed", reason });
  expect(words.cure).not.toBeNull();
  expect(words.whose).not.toBeNull();
  const isAboutInput = reason.startsWith("input-") || reason === "records-not-found";
  if (!isAboutInput) expect(`${words.sentence} ${words.cure}`).not.toMatch(/\b(source|read)\b/);
  const dryWords = describeRun({ ...dry, state: "failed", reason });
  expect(`${dryWords.sentence} ${dryWords.cure}`).not.toMatch(/is held|\d+ sent/);
});
