import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Column } from "@/lib/connectors/streams";
import { csvHead as deliveriesHead, csvLine as deliveryLine } from "@/lib/deliveries/download/lines";
import type { StoredDelivery } from "@/lib/deliveries/types";
import { csvHead, csvLine } from "./csv";

const run = promisify(execFile);

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "latchkey-office-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** As LibreOffice's filter wants them: separator, text delimiter, UTF-8, from line 1. */
const separators = {
  comma: "44,34,76,1",
  semicolon: "59,34,76,1",
  tab: "9,34,76,1",
  "comma, semicolon and tab": "44/59/9,34,76,1",
};
type Separator = keyof typeof separators;

let files = 0;
/** Opens a CSV file in LibreOffice and returns the formulas that it holds then. */
async function formulasIn(csv: string, separator: Separator): Promise<string[]> {
  files += 1;
  const name = join(folder, `file${files}`);
  await writeFile(`${name}.csv`, csv);
  const profile = `-env:UserInstallation=file://${folder}/profile`;
  const filter = `--infilter=CSV:${separators[separator]}`;
  const office = process.env.SOFFICE_PATH ?? "soffice";
  await run(office, [
    profile,
    "--headless",
    filter,
    "--convert-to",
    "fods",
    "--outdir",
    folder,
    `${name}.csv`,
  ]);
  const sheet = await readFile(`${name}.fods`, "utf8");
  return [...sheet.matchAll(/table:formula="([^"]*)"/g)].map(([, formula = ""]) => formula);
}

const formulas = ["=1+1", "+1+1", "-1+1", "@SUM(1)", '=HYPERLINK("https://example.com")', "\uFF1D1+1"];
/** Where a text can stand so that some separator begins a cell or a line with it. */
const places = [
  "",
  " ",
  "\t",
  "\n",
  "\r\n",
  '"',
  "a;",
  "a,",
  "a\t",
  "a\n",
  "a\r\n",
  'a";',
  'a"\n',
  "a\n\t",
  "a;\n",
];
const texts = places.flatMap((before) =>
  formulas.flatMap((formula) => [`${before}${formula}`, `${before}${formula}\nb`, `${before}${formula};b`]),
);

const columns: Column[] = [
  { name: "id", type: "int" },
  { name: "title", type: "text" },
  { name: "labels", type: "text[]" },
  { name: "extra", type: "json" },
];

function aDataSet(): string {
  const named = texts.map((name): Column => ({ name, type: "text" }));
  const lines = texts.map((text, at) =>
    csvLine(
      {
        key: text,
        seq: at,
        deletedAt: null,
        json: JSON.stringify({ id: text, title: text, labels: [text], extra: { [text]: text } }),
      },
      columns,
    ),
  );
  return [csvHead(columns), csvHead(named), ...lines].join("");
}

function someDeliveries(): string {
  const lines = texts.map((text, at) => {
    const row: StoredDelivery = {
      ...{ number: at, state: "rejected", key: text, record: text, status: 400, cure: text, tries: 1 },
      ...{ problems: [{ field: text, message: text }], url: null, at: null, answer: null },
      ...{ values: JSON.stringify({ text }), input: JSON.stringify(text), requests: JSON.stringify([text]) },
    };
    return deliveryLine(row);
  });
  return [deliveriesHead, ...lines].join("");
}

describe.each(Object.keys(separators) as Separator[])(
  "opened in LibreOffice with %s as separator",
  (separator) => {
    it("a text that is not guarded is a formula: this test would see one", async () => {
      expect(await formulasIn("a\r\n=1+1\r\n", separator)).toHaveLength(1);
    });

    it("the CSV of a data set has no formula, not in its header either", async () => {
      expect(await formulasIn(aDataSet(), separator)).toEqual([]);
    });

    it("the CSV of a run's deliveries has no formula", async () => {
      expect(await formulasIn(someDeliveries(), separator)).toEqual([]);
    });
  },
);
