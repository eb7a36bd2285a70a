import type { Visitor } from "@/lib/actor";
import { findKeyProblem } from "@/lib/crypto/canary";
import type { KeyRing } from "@/lib/crypto/key-ring";
import type { Db } from "@/lib/db/types";
import { countOf } from "@/lib/text/count-of";
import { rotateData, rotateWrapping } from "./mutations";
import { openBatch, readKeysStatus } from "./queries";
import { nextSteps, statusText, unopenedText } from "./report";
import { resealAll } from "./reseal-all";
import { openTable, secretTables } from "./secret-tables";
import type { SecretId, Unopened } from "./types";

/** What a verb works with; `print` takes whole lines. */
export type VerbContext = {
  readonly db: Db;
  readonly visitor: Visitor;
  readonly ring: KeyRing;
  readonly print: (text: string) => void;
  /** The argument after the verb. */
  readonly argument: string | undefined;
};

/** Runs and returns the exit code: 0 if nothing is wrong. */
export type Verb = (context: VerbContext) => Promise<0 | 1>;

const batchSize = 100;

/** Every verb of `npm run keys`. */
export const verbs: Readonly<Record<string, Verb>> = {
  status: async ({ db, visitor, ring, print }) => {
    print(statusText(await readKeysStatus(db, visitor, ring)));
    return 0;
  },

  "rotate-wrapping": withKeys(async ({ db, visitor, ring, print }) => {
    const onProgress = (done: number, of: number) =>
      print(`Wrapped ${done} of ${countOf(of, "data key")}.\n`);
    const { rewrapped } = await rotateWrapping(db, visitor, ring, onProgress);
    if (rewrapped === 0) print(`Nothing to do: ${ring.currentKeyId()} wraps every data key already.\n`);
    return printNext({ db, visitor, ring, print });
  }),

  "rotate-data": withKeys(async ({ db, visitor, ring, print, argument }) => {
    const { dataKeys } = await readKeysStatus(db, visitor, ring);
    if (argument && !dataKeys.some(({ id }) => id === argument)) {
      print("Nothing was changed. There is no data key of this id: status lists them.\n");
      return 1;
    }
    const current = dataKeys.find(({ retiredAt }) => !retiredAt);
    // Without an id, a repeated run must not rotate twice: a key that has sealed nothing yet is the new one.
    const retireId = argument ?? (current && current.secrets > 0 ? current.id : undefined);
    const isUnfinished = dataKeys.some(({ retiredAt, secrets }) => retiredAt && secrets > 0);
    if (!argument && (isUnfinished || !retireId)) {
      print(
        isUnfinished
          ? "Nothing changed: the last rotation is not finished, because secrets are still under a retired data key.\n"
          : "Nothing changed: the current data key has sealed no secret yet. To retire it all the same, name it: rotate-data ID.\n",
      );
      return printNext({ db, visitor, ring, print });
    }
    const { rotated } = await rotateData(db, visitor, ring, retireId ?? "");
    print(rotated ? `Retired ${retireId}.\n` : `Nothing changed: ${retireId} is not the current data key.\n`);
    return printNext({ db, visitor, ring, print });
  }),

  reseal: withKeys(async ({ db, visitor, ring, print }) => {
    const onProgress = (done: number, of: number) =>
      print(`Sealed ${done} of ${countOf(of, "secret")} anew.\n`);
    const { resealed, unopened, left } = await resealAll(db, visitor, ring, onProgress, batchSize);
    if (resealed === 0 && left === 0 && unopened.length === 0) {
      print("Nothing to do: every secret is under the current data key.\n");
    }
    if (left > 0) print(`${countOf(left, "secret")} kept being changed by others. Run reseal again.\n`);
    print(unopenedText(unopened));
    return left > 0 || unopened.length > 0 ? 1 : 0;
  }),

  verify: withKeys(async ({ db, visitor, ring, print }) => {
    const unopened: Unopened[] = [];
    let opened = 0;
    let after: SecretId | null = null;
    do {
      const batch = await openBatch(db, visitor, ring, { after, limit: batchSize });
      unopened.push(...batch.unopened);
      opened += batch.handled - batch.unopened.length;
      after = batch.next;
      if (batch.handled > 0) print(`Opened ${countOf(opened, "secret")}.\n`);
    } while (after);
    for (const table of secretTables) {
      let afterId: string | null = null;
      do {
        const batch = await openTable(db, ring, table, { after: afterId, limit: batchSize });
        unopened.push(...batch.unopened);
        opened += batch.handled - batch.unopened.length;
        afterId = batch.next;
        if (batch.handled > 0) print(`Opened ${countOf(opened, "secret")}.\n`);
      } while (afterId);
    }
    print(
      unopened.length === 0 ? "OK: every data key and every stored secret opens.\n" : unopenedText(unopened),
    );
    return unopened.length === 0 ? 0 : 1;
  }),
};

/** Runs the verb only if every stored data key opens; otherwise names the missing key, and changes nothing. */
function withKeys(verb: Verb): Verb {
  return async (context) => {
    const problem = await findKeyProblem(context.db, context.ring);
    if (!problem) return verb(context);
    const cure =
      problem.code === "WRAPPING_KEY_MISSING"
        ? `Put the key "${problem.wantedKeyId}" back into SECRET_KEYS, behind the first one.`
        : problem.code === "WRAPPING_KEY_REFUSED"
          ? `Give the key "${problem.wantedKeyId}" in SECRET_KEYS its former value, or restore data_keys from a backup.`
          : "Restore the tables data_keys and key_canaries from a backup.";
    context.print(`Nothing was changed. ${problem.message}\n${cure}\n`);
    return 1;
  };
}

async function printNext({ db, visitor, ring, print }: Omit<VerbContext, "argument">): Promise<0> {
  print(`${nextSteps(await readKeysStatus(db, visitor, ring)).join("\n")}\n`);
  return 0;
}
