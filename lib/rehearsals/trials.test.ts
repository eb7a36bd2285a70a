import { describe, expect, it } from "vitest";
import { readerOf, rightProofOf } from "@/lib/connectors/sources";
import type { AnswerMeaning, StreamCall } from "@/lib/connectors/stream-reader";
import type { Scope } from "@/lib/connectors/streams";
import { askOnce } from "./asking";
import { tryDestination } from "./try-destination";
import { trySource } from "./try-source";
import { countWords, lackWords } from "./words";

const reader = readerOf("bitbucket-server");
const empty: AnswerMeaning = { kind: "body", body: { values: [], isLastPage: true } };
const noRight: AnswerMeaning = { kind: "skip", reason: "no-right" };

function chosen(count: number): Scope {
  const repositories = Array.from({ length: count }, (_, at) => ({
    ...{ id: at + 1, projectKey: "SHOP", slug: `shop-${at + 1}`, name: "Shop" },
  }));
  return { kind: "repositories", repositories };
}

/** Tries a source with a server that answers so; the calls and what was found. */
async function tried(scope: Scope, answer: (call: StreamCall) => AnswerMeaning, stream = "branches") {
  const calls: StreamCall[] = [];
  const trial = await trySource(reader, { stream, parameters: {}, scope }, "9.4.3", async (call) => {
    calls.push(call);
    return answer(call);
  });
  return { trial, calls };
}

describe("a source", () => {
  it("makes one call for one record of each chosen repository", async () => {
    const { trial, calls } = await tried(chosen(3), () => empty);
    expect(trial).toEqual({ result: "fine", reasons: [] });
    expect(calls.map(({ path }) => path)).toEqual(
      [1, 2, 3].map((at) => `/rest/api/1.0/projects/SHOP/repos/shop-${at}/branches`),
    );
    expect(calls.every(({ query }) => query.limit === 1)).toBe(true);
  });

  it("of everything tries the server's list, and the first repository alone", async () => {
    const one = { id: 1, slug: "shop", name: "Shop", project: { key: "SHOP" } };
    const list = { kind: "body", body: { values: [one], isLastPage: false, nextPageStart: 1 } } as const;
    const { trial, calls } = await tried({ kind: "everything" }, ({ path }) =>
      path.endsWith("/repos") ? list : noRight,
    );
    expect(calls).toHaveLength(2);
    expect(trial).toEqual({ result: "breaks", reasons: ["no right on SHOP/shop"] });
  });

  it("with more than 20 repositories says how many were not tried", async () => {
    const { trial, calls } = await tried(chosen(23), () => empty);
    expect(calls).toHaveLength(20);
    const reasons = ["3 of its 23 projects and repositories were not tried"];
    expect(trial).toEqual({ result: "untried", reasons });
  });

  it.each([
    [{ kind: "nothing" }, "fine", []],
    [{ kind: "not-available" }, "breaks", ["the server does not have what it reads"]],
    [{ kind: "failed", reason: "X", words: "No." }, "breaks", ["the server refuses the request: No."]],
    [{ kind: "body", body: "text" }, "untried", ["the answer could not be read"]],
    [{ kind: "skip", reason: "gone" }, "breaks", ["SHOP/shop-1 does not exist for this account"]],
  ] satisfies [AnswerMeaning, string, string[]][])(
    "with the answer %j is %s",
    async (answer, result, reasons) => {
      expect((await tried(chosen(1), () => answer)).trial).toEqual({ result, reasons });
    },
  );
});

describe("the limits of a rehearsal", () => {
  it("send no call beyond them, and equal calls once", async () => {
    let sent = 0;
    const ask = askOnce(
      async () => {
        sent += 1;
        return empty;
      },
      { calls: 2, until: Number.POSITIVE_INFINITY },
    );
    const settings = { stream: "branches", parameters: {}, scope: chosen(3) };
    const trial = await trySource(reader, settings, null, ask);
    expect(sent).toBe(2);
    expect(trial.reasons).toEqual(["1 of its 3 projects and repositories were not tried"]);
    expect(await trySource(reader, { ...settings, scope: chosen(2) }, null, ask)).toMatchObject({
      result: "fine",
    });
    expect(sent).toBe(2);
    const places = [{ project: "PAY", repository: "ledger" }];
    expect(await tryDestination(rightProofOf("bitbucket-server"), "read", places, ask)).toEqual({
      result: "untried",
      reasons: ["not tried: there was too much to try"],
    });
  });

  it("end when their time is over", async () => {
    let now = 0;
    const ask = askOnce(
      async () => {
        now += 10;
        return empty;
      },
      { calls: 9, until: 15 },
      () => now,
    );
    const trial = await trySource(
      reader,
      { stream: "branches", parameters: {}, scope: chosen(3) },
      null,
      ask,
    );
    expect(trial.reasons).toEqual(["1 of its 3 projects and repositories were not tried"]);
  });
});

it("a destination names the places where it lacks its right", async () => {
  const places = ["a", "b", "c", "d", "e"].map((repository) => ({ project: "PAY", repository }));
  const proof = rightProofOf("bitbucket-server");
  expect(await tryDestination(proof, "write", places, async () => noRight)).toEqual({
    result: "breaks",
    reasons: ["no right on PAY/a, PAY/b, PAY/c and 2 more, where it writes"],
  });
});

describe("the words", () => {
  it("name places and count results", () => {
    expect(lackWords(["PAY/ledger"], "no-right", "read")).toBe("no right on PAY/ledger");
    expect(lackWords(["A", "B"], "gone", "admin")).toBe("A and B do not exist for this account");
    expect(countWords({ fine: 14, breaks: 2, untried: 0, anew: 0 })).toBe("14 fine, 2 will break");
    expect(countWords({ fine: 0, breaks: 0, untried: 1, anew: 2 })).toBe(
      "0 fine, 1 could not be tried, 2 begin anew",
    );
  });
});
