import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { largestRecordBytes } from "../limits";
import { FileRefusedError } from "./parsed";
import { readFile } from "./read-file";

async function* inPieces(bytes: Buffer, size: number) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

/** All that a file gives: its rows and faults by line, and the fault that ended it. */
async function read(name: string, content: string | Buffer, size = 7) {
  const bytes = typeof content === "string" ? Buffer.from(content) : content;
  const rows: [number, unknown][] = [];
  try {
    const file = await readFile(name, inPieces(bytes, size));
    for await (const batch of file.rows) {
      for (const row of batch) rows.push([row.line, "data" in row ? row.data : row.problem]);
    }
    return { format: file.format, separator: file.separator, rows };
  } catch (error) {
    if (error instanceof FileRefusedError) return { rows, line: error.line, refused: error.message };
    throw error;
  }
}

describe("CSV", () => {
  test("is read by its header, with quotes, line breaks in cells, a mark, both line ends and blank lines", async () => {
    const content = '\ufeffid,text\r\n1,"a ""b"", c"\r\n\r\n2,"two\nlines"\n3,\n';
    expect(await read("a.csv", content)).toEqual({
      format: "csv",
      separator: ",",
      rows: [
        [2, { id: "1", text: 'a "b", c' }],
        [4, { id: "2", text: "two\nlines" }],
        [6, { id: "3" }],
      ],
    });
  });

  test.each([
    ["id;text\n1;a,b\n", ";", { id: "1", text: "a,b" }],
    ["id\ttext\n1\ta;b\n", "tab", { id: "1", text: "a;b" }],
    ['"a;b;c",text\n1,2\n', ",", { "a;b;c": "1", text: "2" }],
    ["text\nalone\n", ",", { text: "alone" }],
  ])("finds the separator of %j in its header", async (content, separator, data) => {
    expect(await read("a.csv", content)).toMatchObject({ separator, rows: [[2, data]] });
  });

  test.each([
    ["id,id\n1,2\n", 1, /“id” twice/],
    ["id,,x\n1,2,3\n", 1, /Column 2 of the header has no name/],
    ['id,text\n1,a\n2,"b"c\n', 3, /closing quotation mark/],
    ['id,text\n1,a\n2,b"c\n', 3, /within a cell/],
    ['id,text\n1,a\n2,"never\nclosed\n', 3, /never closed/],
    [`id\n${"x".repeat(largestRecordBytes + 10)}\n`, 2, /larger than 1 MB/],
  ])("%#: is refused with the line", async (content, line, words) => {
    const { refused, ...result } = await read("a.csv", content, 1000);
    expect(result).toMatchObject({ line });
    expect(refused).toMatch(words);
  });

  test("names each row with another number of cells, and reads on", async () => {
    expect(await read("a.csv", "a,b\n1\n1,2\n1,2,3\n")).toMatchObject({
      rows: [
        [2, "The row has 1 cells, the header 2."],
        [3, { a: "1", b: "2" }],
        [4, "The row has 3 cells, the header 2."],
      ],
    });
  });
});

describe("NDJSON", () => {
  test("is read a line at a time, and a bad line does not end it", async () => {
    const content =
      '{"a":1}\r\n\n  {"b":[1,{"c":null}]}\nnonsense\n[1]\n{"a":9007199254740993}\n{"":1}\n{"z":2}';
    expect(await read("a.ndjson", content)).toEqual({
      format: "ndjson",
      separator: null,
      rows: [
        [1, { a: 1 }],
        [3, { b: [1, { c: null }] }],
        [4, "This is no JSON."],
        [5, expect.stringContaining("no JSON object")],
        [6, expect.stringContaining("put it in quotation marks")],
        [7, "A column has no name."],
        [8, { z: 2 }],
      ],
    });
  });

  test("of one endless line is refused before it is held", async () => {
    const endless = (async function* () {
      yield Buffer.from('{"a":"');
      for (;;) yield Buffer.alloc(65_536, "x");
    })();
    const file = await readFile(
      "a.ndjson",
      (async function* () {
        yield Buffer.from('{"b":1}\n');
        yield* endless;
      })(),
    );
    const all = (async () => {
      for await (const _ of file.rows);
    })();
    await expect(all).rejects.toMatchObject({ line: 2, message: "The record is larger than 1 MB." });
  });
});

describe("A JSON array", () => {
  // Once, looking for the end of the first line took the square of its length: minutes for this one.
  test("on one long line is read as fast as on many", async () => {
    const records = Array.from({ length: 5_500 }, (_, at) => ({ n: at, text: "x".repeat(30) }));
    const { rows } = await read("long.json", JSON.stringify(records), 60_000);
    expect(rows.length).toBe(records.length);
  });

  test("is read one record at a time, with its lines", async () => {
    const content = '[\n  {"a": 1, "b": {"c": ["é", "\\u00e9"]}},\n  7,\n\n  {\n "a": "x,]"}\n]\n\n';
    expect(await read("a.json", content)).toEqual({
      format: "json",
      separator: null,
      rows: [
        [2, { a: 1, b: { c: ["é", "é"] } }],
        [3, expect.stringContaining("no JSON object")],
        [5, { a: "x,]" }],
      ],
    });
  });

  test.each([
    ['[{"a":1},\n{"a":}]', 2, /no JSON/],
    ['[{"a":1},\n{"a":2}', 2, /does not end/],
    ['[{"a":1}]\n{"a":2}', 2, /follows the array/],
    ['[{"a":1}] x', 1, /follows the array/],
    ['[{"a":1},]', 1, /no JSON/],
    ['[{"a":1} {"a":2}]', 1, /no JSON/],
    ['[{"a":01}]', 1, /no JSON/],
    ["[{'a':1}]", 1, /no JSON/],
    [`[\n{"a":"${"x".repeat(largestRecordBytes)}"}]`, 2, /larger than 1 MB/],
  ])("%#: is refused with the line", async (content, line, words) => {
    for (const size of [3, 100_000]) {
      const { refused, ...result } = await read("a.json", content, size);
      expect(result).toMatchObject({ line });
      expect(refused).toMatch(words);
    }
  });

  test("gives what its records give line by line, wherever the bytes are cut", async () => {
    const names = fc.string({ minLength: 1, maxLength: 4 }).filter((name) => name.trim() !== "");
    const records = fc.array(fc.dictionary(names, fc.jsonValue({ maxDepth: 1 }), { maxKeys: 3 }), {
      minLength: 1,
      maxLength: 2,
    });
    await fc.assert(
      fc.asyncProperty(records, fc.integer({ min: 1, max: 40 }), async (given, size) => {
        const lines = given.map((each) => JSON.stringify(each));
        const array = await read("a.json", `[${lines.join()}]`, size);
        const ndjson = await read("a.ndjson", lines.join("\n"), size);
        const texts = ({ rows }: typeof array) => rows.map(([, row]) => JSON.stringify(row));
        expect(texts(array)).toEqual(texts(ndjson));
      }),
      { numRuns: 100 },
    );
  });
});

describe("A file", () => {
  test.each([
    ["a.csv", Buffer.from([0x61, 0x2c, 0x62, 0x0a, 0x31, 0x0a, 0xc3, 0x28, 0x0a]), 3, /not UTF-8/],
    [
      "a.ndjson",
      Buffer.concat([Buffer.from('{"a":1}\n{"a":"'), Buffer.from([0xe4]), Buffer.from('"}\n')]),
      2,
      /not UTF-8/,
    ],
    ["a.csv", Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from("a,b\n1,2", "utf16le")]), null, /UTF-16/],
    ["a.csv", Buffer.concat([Buffer.from("PK\u0003\u0004"), Buffer.alloc(20)]), null, /spreadsheet/],
    ["a.json", Buffer.from("a,b\n1,2"), null, /name says JSON/],
    ["a.ndjson", Buffer.from('[{"a":1}]'), null, /begins like a JSON array/],
    ["a.csv", Buffer.from('{"a":1}\n'), null, /begins like JSON/],
    ["a.csv", Buffer.from(" \n\n"), null, /empty/],
    ["a.csv", Buffer.alloc(0), null, /empty/],
    ["a", Buffer.from([0xef, 0xbb, 0xbf]), null, /empty/],
  ])("%s %#: that is not what it says is refused", async (name, content, line, words) => {
    const { refused, ...result } = await read(name, content, 5);
    expect(result).toMatchObject({ line });
    expect(refused).toMatch(words);
  });

  test.each([
    ["a.json", '{"a":1}\n{"a":2}', "ndjson"],
    ["data", '[{"a":1}]', "json"],
    ["data.txt", '{"a":1}', "ndjson"],
    ["data.txt", "a,b\n1,2", "csv"],
  ])("%s with %j is read as %s", async (name, content, format) => {
    expect(await read(name, content)).toMatchObject({ format });
  });

  test("with characters that are cut between chunks is UTF-8 all the same", async () => {
    for (let size = 1; size < 6; size += 1) {
      expect(await read("a.ndjson", '{"é":"😀€"}\n', size)).toMatchObject({ rows: [[1, { é: "😀€" }]] });
    }
  });
});
