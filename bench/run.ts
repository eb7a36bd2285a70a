import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { measureAuthenticate } from "./authenticate";
import { reportAuthenticate } from "./authenticate-report";
import { measureDatasets } from "./datasets";
import { reportDatasets } from "./datasets-report";
import { measureDeliveries } from "./deliveries";
import { reportDeliveries } from "./deliveries-report";
import { measureEveryStream } from "./every-stream";
import { reportEveryStream } from "./every-stream-report";
import { measureHanging } from "./hanging";
import { reportHanging } from "./hanging-report";
import { measureLists } from "./lists";
import { reportLists } from "./lists-report";
import { measureMemory } from "./memory";
import { reportMemory } from "./memory-report";
import { measureOutsiders } from "./outsiders";
import { reportOutsiders } from "./outsiders-report";
import { measureRechecks } from "./rechecks";
import { reportRechecks } from "./rechecks-report";
import { measureSave } from "./save";
import { reportSave } from "./save-report";
import { measureSignInFlood } from "./sign-in-flood";
import { reportSignInFlood } from "./sign-in-flood-report";
import { measureSoak } from "./soak";
import { reportSoak } from "./soak-report";
import { measureSource } from "./source";
import { reportSource } from "./source-report";
import { measureStart } from "./start";
import { reportStart } from "./start-report";

const results = join(import.meta.dirname, "results");

/** Every benchmark by name: it measures and returns its report. */
const benchmarks: Record<string, () => Promise<string>> = {
  authenticate: async () => reportAuthenticate(await measureAuthenticate()),
  datasets: async () => reportDatasets(await measureDatasets()),
  deliveries: async () => reportDeliveries(await measureDeliveries()),
  "every-stream": async () => reportEveryStream(await measureEveryStream()),
  hanging: async () => reportHanging(await measureHanging()),
  lists: async () => reportLists(await measureLists()),
  rechecks: async () => reportRechecks(await measureRechecks()),
  save: async () => reportSave(await measureSave()),
  "sign-in-flood": async () => reportSignInFlood(await measureSignInFlood()),
  source: async () => reportSource(await measureSource()),
  memory: async () => reportMemory(await measureMemory()),
  start: async () => reportStart(await measureStart()),
  soak: async () => reportSoak(await measureSoak()),
  outsiders: async () => reportOutsiders(await measureOutsiders()),
};

/** Run only when named: two take an hour, and a quarter of one, and one needs a PostgreSQL server. */
const onlyByName = new Set(["soak", "memory", ...(process.env.DATABASE_URL ? [] : ["lists"])]);

/** Runs the named benchmarks, or all short ones; prints each report and stores it, one file per kind of database. */
async function main(): Promise<void> {
  const named = process.argv.slice(2);
  for (const name of named.length > 0
    ? named
    : Object.keys(benchmarks).filter((one) => !onlyByName.has(one))) {
    const measure = benchmarks[name];
    if (!measure)
      throw new Error(`There is no benchmark “${name}”; there is: ${Object.keys(benchmarks).join(", ")}.`);
    const report = await measure();
    process.stdout.write(`\n${report}`);
    mkdirSync(results, { recursive: true });
    writeFileSync(join(results, `${name}${process.env.DATABASE_URL ? "-postgresql" : ""}.md`), report);
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
