import "server-only";
import { availableParallelism } from "node:os";
import { hash, verify } from "@node-rs/argon2";
import pLimit, { type LimitFunction } from "p-limit";
import type { Secret } from "@/lib/secret";

// Argon2id (the library's default) with OWASP's second setting, 19 MiB and 2 passes, and one thread per hash:
// https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html
const parameters = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Parallel hashes: 19 MiB and one thread each. One core stays free, because all pages are rendered on one thread. */
export const hashesAtOnce = Math.min(4, Math.max(1, availableParallelism() - 1));

// On globalThis, because Next bundles the start hook, pages and actions separately.
const holder: typeof globalThis & { latchkeyHashing?: LimitFunction } = globalThis;
holder.latchkeyHashing ??= pLimit(hashesAtOnce);
const inLine = holder.latchkeyHashing;

let dummyHash: Promise<string> | undefined;

/** Argon2id of `password` in normalized spelling (NFC), in PHC notation, with a new salt on each call. */
export function hashPassword(password: Secret): Promise<string> {
  return inLine(() => password.use((text) => hash(text.normalize("NFC"), parameters)));
}

/** The hash that unknown users are compared with. Computed at start-up, so that the first unknown user does not take longer. */
export function nobodysHash(): Promise<string> {
  dummyHash ??= hash("nobody has this password", parameters);
  return dummyHash;
}

/** Whether a password is right, and whether its hash was made of an unnormalized spelling. */
export type PasswordVerdict = { readonly isRight: boolean; readonly isOldSpelling: boolean };

/**
 * Whether `password` matches `passwordHash`, in any of its Unicode spellings: older hashes were made of the text as
 * typed. Without a hash (unknown user) it takes as long and answers false.
 */
export async function verifyPassword(
  passwordHash: string | null,
  password: Secret,
): Promise<PasswordVerdict> {
  const known = passwordHash ?? (await nobodysHash());
  const spellings = password.use(spellingsOf);
  for (const [place, spelling] of spellings.entries()) {
    const matches = await inLine(() => verify(known, spelling));
    if (matches && passwordHash !== null) return { isRight: true, isOldSpelling: place > 0 };
  }
  return { isRight: false, isOldSpelling: false };
}

// One spelling for an ASCII password, at most three.
function spellingsOf(text: string): string[] {
  return [...new Set([text.normalize("NFC"), text, text.normalize("NFD")])];
}
