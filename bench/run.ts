import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { measureAuthenticate } from "./authenticate";
import { reportAuthenticate } from "./authenticate-report";
import { measureHanging } from "./hanging";
import { reportHanging } from "./hanging-report";
import { measureOutsiders } from "./outsiders";
import { reportOutsiders } from "./outsiders-report";
import { measureSignInFlood } from "./sign-in-flood";
import { reportSignInFlood } from "./sign-in-flood-report";
import { measureSoak } from "./soak";
import { reportSoak } from "./soak-report";

const results = join(import.meta.dirname, "results");

/** Every benchmark by name: it measures and returns its report. */
const benchmarks: Record<string, () => Promise<string>> = {
  authenticate: async () => reportAuthenticate(await measureAuthenticate()),
  hanging: async () => reportHanging(await measureHanging()),
  "sign-in-flood": async () => reportSignInFlood(await measureSignInFlood()),
  soak: async () => reportSoak(await measureSoak()),
  outsiders: async () => reportOutsiders(await measureOutsiders()),
};

/** Takes an hour, so it runs only when named. */
const onlyByName = new Set(["soak"]);

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
