import { describe, expect, it } from "vitest";
import type { Scope } from "@/lib/connectors/streams";
import { noDeliveries } from "@/lib/testing/run-summary";
import { runReasons } from "./reasons";
import type { RunSummary } from "./types";
import { describeRun } from "./words";

const run: RunSummary = {
  ...{ id: "r", endpointId: "s", kind: "read", mode: "all", trigger: "user", requestedBy: "Robin" },
  ...{ state: "succeeded", reason: null, facts: {}, isCancelling: false },
  ...{ createdAt: "", startedAt: null, endedAt: null, waitUntil: null, calls: 9, waitedMs: 0 },
  parts: { all: 5, done: 5, skipped: 0, failed: 0 },
  ...{ deliveries: noDeliveries, isTaking: false },
  records: { received: 1200, added: 7, changed: 2, unchanged: 1191, deleted: 0, unusable: 0 },
};

const chosen = (kind: Scope["kind"], count: number): RunSummary => ({
  ...run,
  facts: { chosen: { kind, count } },
});

describe("describeRun", () => {
  it("says that everything was read only where it is true", () => {
    expect(describeRun(chosen("everything", 0))).toEqual({
      title: "Succeeded",
      sentence: "Everything that the credential can read was read to its end.",
      cure: null,
      whose: null,
    });
    const parts = { all: 5, done: 3, skipped: 1, failed: 1 };
    const incomplete = describeRun({ ...run, state: "incomplete", parts });
    expect(incomplete.sentence).toBe("3 parts of 5 were read to the end; 1 could not be read, 1 failed.");
    expect(describeRun({ ...run, mode: "new" }).sentence).toBe("Everything new or changed was read.");
  });

  it("says of a chosen scope that this was read, and of a run that noted none no more than that", () => {
    const sentence = (kind: Scope["kind"], count: number, mode: RunSummary["mode"] = "all") =>
      describeRun({ ...chosen(kind, count), mode }).sentence;
    expect(sentence("repositories", 2)).toBe("The 2 chosen repositories were read to their end.");
    expect(sentence("projects", 1)).toBe("The chosen project was read to its end.");
    expect(sentence("projects", 3, "new")).toBe(
      "Everything new or changed in the 3 chosen projects was read.",
    );
    expect(describeRun(run).sentence).toBe("Everything that was chosen was read to its end.");
  });

  it("tells of records that were left out", () => {
    const records = { ...run.records, unusable: 2 };
    expect(describeRun({ ...run, records }).sentence).toMatch(/2 records had no key and were left out\.$/);
  });

  it("says of a run under way how far it is, and that it stops", () => {
    const parts = { all: 5, done: 1, skipped: 1, failed: 0 };
    expect(describeRun({ ...run, state: "running", parts }).sentence).toBe(
      "2 of 5 parts read, 1,200 records so far.",
    );
    expect(describeRun({ ...run, state: "running", isCancelling: true }).sentence).toBe(
      "It stops after the page that is being read.",
    );
  });

  it("names what the server refused in the words of a check", () => {
    const facts = { failure: "SECRET_REJECTED", kind: "bitbucket-server", scheme: "bearer" } as const;
    const words = describeRun({ ...run, state: "failed", reason: "credential-refused", facts });
    expect(words.sentence).toBe("The API key was not accepted.");
    expect(words.cure).toMatch(/^It may have expired.* The run goes on from where it stopped\.$/);
    expect(words.whose, "whoever reads it").toBe("the credential's owner");
    const unreachable = { ...facts, failure: "UNREACHABLE" } as const;
    expect(describeRun({ ...run, state: "failed", reason: "unreachable", facts: unreachable }).sentence).toBe(
      "The server could not be reached.",
    );
    expect(describeRun({ ...run, state: "failed", reason: "not-available" }).sentence).toBe(
      "This server's version does not have it.",
    );
  });

  it.each(runReasons)("has a sentence and a cure for a run that failed: %s", (reason) => {
    const words = describeRun({ ...run, state: "failed", reason });
    expect(words.title).toBe("Failed");
    expect(words.sentence).not.toBe("");
    expect(words.cure).not.toBeNull();
    expect(words.whose).not.toBeNull();
  });
});
