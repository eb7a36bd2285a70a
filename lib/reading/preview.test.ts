import { describe, expect, it } from "vitest";
import type { AnswerMeaning, StreamCall, StreamReader } from "@/lib/connectors/stream-reader";
import type { SourceSettings } from "@/lib/connectors/streams";
import { readSample } from "./preview";

const settings: SourceSettings = { stream: "commits", parameters: {}, scope: { kind: "everything" } };
const allowance = { kind: "limited", atOnce: 10, perSecond: 2 } as const;

/** Lists the repositories in its start; each of them has pages of records named in `pages`. */
function aReader(repositories: readonly string[], hasMore = false): StreamReader {
  return {
    start: () => ({ key: "start", group: null, label: "Start", position: {} }),
    find: () => null,
    callFor: (context, position) => ({
      path: `/${context.partition.key}`,
      query: { limit: context.pageSize, start: Number(position.from ?? 0) },
    }),
    ahead: () => null,
    accept: (context, _position, body) => {
      if (!Array.isArray(body)) return null;
      if (context.partition.key === "start") {
        const spawns = repositories.map((label) => ({ key: label, group: label, label, position: {} }));
        return { records: [], next: hasMore ? { from: 1000 } : null, spawns };
      }
      const records = body.map((id) => ({ key: String(id), group: null, parent: null, data: { id } }));
      return { records, next: body.length === 25 ? { from: 25 } : null };
    },
    pass: () => ({ records: [], next: null }),
  };
}

function asking(answers: Readonly<Record<string, AnswerMeaning>>) {
  const calls: StreamCall[] = [];
  const ask = async (call: StreamCall): Promise<AnswerMeaning> => {
    calls.push(call);
    return answers[call.path] ?? { kind: "body", body: [] };
  };
  return { calls, ask };
}

const ids = (count: number): AnswerMeaning => ({
  kind: "body",
  body: Array.from({ length: count }, (_, id) => id),
});

describe("a preview", () => {
  it("reads the start and one full page, and counts the repositories in one request", async () => {
    const { calls, ask } = asking({ "/A": ids(25) });
    const result = await readSample(aReader(["A", "B", "C"]), settings, "9.4.3", allowance, ask);
    expect(result).toMatchObject({
      ok: true,
      preview: {
        calls: 2,
        estimate: { calls: 4, isExact: false, leastSeconds: 0, groups: { count: 3, more: false } },
      },
    });
    expect(result.ok && result.preview.records).toHaveLength(25);
    expect(calls.map(({ path, query }) => [path, query.limit])).toEqual([
      ["/start", 1000],
      ["/A", 25],
    ]);
  });

  it("counts a chosen repository that the start reads itself", async () => {
    const { ask } = asking({ "/start": ids(3) });
    const reader = aReader(["B", "C"]);
    const first: StreamReader = { ...reader, start: () => ({ ...reader.start(settings), group: "A" }) };
    const result = await readSample(first, settings, null, null, ask);
    expect(result).toMatchObject({
      ok: true,
      preview: { estimate: { calls: 3, groups: { count: 3, more: false } } },
    });
    const long = aReader(["B", "C"], true);
    const ofPages: StreamReader = { ...long, start: () => ({ ...long.start(settings), group: "A" }) };
    const more = await readSample(ofPages, settings, null, null, ask);
    expect(more).toMatchObject({ preview: { estimate: { groups: { more: false } } } });
  });

  it("looks into further repositories while the sample is small, with at most five requests", async () => {
    const names = Array.from({ length: 300 }, (_, index) => `R${index}`);
    const { calls, ask } = asking({});
    const result = await readSample(aReader(names, true), settings, null, allowance, ask);
    expect(calls).toHaveLength(5);
    // 1 for the start so far, 1 for its next page, 300 repositories; 10 at once, then 2 a second.
    expect(result).toMatchObject({
      ok: true,
      preview: {
        records: [],
        estimate: { calls: 302, leastSeconds: 146, groups: { count: 300, more: true } },
      },
    });
  });

  it("names a repository that the account may not read, and goes on with the next", async () => {
    const { ask } = asking({ "/A": { kind: "skip", reason: "no-right" }, "/B": ids(3) });
    const result = await readSample(aReader(["A", "B"]), settings, null, null, ask);
    expect(result).toMatchObject({
      ok: true,
      preview: { unreadable: ["A"], estimate: { leastSeconds: null } },
    });
    expect(result.ok && result.preview.records).toHaveLength(3);
  });

  it("counts records without a key, and blames a wrong place of the records on what was typed", async () => {
    const { ask } = asking({ "/A": ids(1) });
    const reader = aReader(["A"]);
    const keyless: StreamReader = {
      ...reader,
      accept: (context, position, body) => {
        const step = reader.accept(context, position, body);
        return typeof step === "object" && step && context.partition.key === "A"
          ? { ...step, records: [], unusable: 3 }
          : step;
      },
    };
    const found = await readSample(keyless, settings, null, null, ask);
    expect(found).toMatchObject({ ok: true, preview: { records: [], unusable: 3 } });
    const nowhere: StreamReader = { ...reader, accept: () => "no-records" };
    const failed = await readSample(nowhere, settings, null, null, ask);
    expect(failed).toMatchObject({
      ok: false,
      failure: { title: "The answer has no records at this place" },
    });
  });

  it.each<[string, AnswerMeaning, RegExp]>([
    ["a missing right on the whole list", { kind: "skip", reason: "no-right" }, /may not read this/],
    ["a stream that the server lacks", { kind: "not-available" }, /does not have it/],
    ["a body that is none", { kind: "body", body: "hello" }, /not what was expected/],
  ])("ends at %s after that one request, in words", async (_, answer, title) => {
    const { calls, ask } = asking({ "/start": answer });
    const result = await readSample(aReader(["A"]), settings, null, null, ask);
    expect(result).toMatchObject({ ok: false, failure: { title: expect.stringMatching(title) } });
    expect(calls).toHaveLength(1);
  });
});
