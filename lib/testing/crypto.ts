import { createHash } from "node:crypto";
import { type KeyRing, parseKeyRing } from "@/lib/crypto/key-ring";
import type { KeyWrapper } from "@/lib/crypto/key-wrapper";
import type { Db } from "@/lib/db/types";
import { emptyDatabase, rolledBack } from "./database";

/** A ring of keys by id, the first of which wraps; the same id always gives the same key. For tests only. */
export function testRing(...ids: string[]): KeyRing {
  const text = ids.map((id) => `${id}:${createHash("sha256").update(id).digest("base64")}`).join();
  const parsed = parseKeyRing(text);
  if (!parsed.ok) throw new Error(parsed.problems.join());
  return parsed.ring;
}

/** Passes calls on to `wrapper`, calling `onCall` before each; an `onCall` that throws simulates a process that dies there. */
export function watchedWrapper(wrapper: KeyWrapper, onCall: (verb: "wrap" | "unwrap") => void): KeyWrapper {
  return {
    currentKeyId: () => wrapper.currentKeyId(),
    wrap: async (dataKey, context) => {
      onCall("wrap");
      return wrapper.wrap(dataKey, context);
    },
    unwrap: async (wrapped, context) => {
      onCall("unwrap");
      return wrapper.unwrap(wrapped, context);
    },
  };
}

let opened: Promise<Db> | undefined;

/** Like `withRollback`, in a database without keys. */
export async function withoutKeys(body: (db: Db) => Promise<void>): Promise<void> {
  opened ??= emptyDatabase();
  await rolledBack(await opened, body);
}
