import "server-only";
import { availableParallelism } from "node:os";
import { hash, verify } from "@node-rs/argon2";
import pLimit, { type LimitFunction } from "p-limit";
import type { Secret } from "@/lib/secret";

// Argon2id is the library's default; OWASP's second recommended setting for it (19 MiB, 2 passes): https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html
// One lane, so that a hash is one thread: what may run at once is counted below.
const parameters = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Hashes computed at once: 19 MiB and one thread each. One core stays free, because all pages are made on one thread. */
export const hashesAtOnce = Math.min(4, Math.max(1, availableParallelism() - 1));

// On globalThis, because Next bundles the start hook, pages and actions apart.
const holder: typeof globalThis & { latchkeyHashing?: LimitFunction } = globalThis;
holder.latchkeyHashing ??= pLimit(hashesAtOnce);
const inLine = holder.latchkeyHashing;

let dummyHash: Promise<string> | undefined;

/** Argon2id of `password` in its normalized spelling (NFC), in PHC notation, salted anew on each call. */
export function hashPassword(password: Secret): Promise<string> {
  return inLine(() => password.use((text) => hash(text.normalize("NFC"), parameters)));
}

/** Makes the hash that unknown users are compared with: once, before the first of them, who would wait for it otherwise. */
export function nobodysHash(): Promise<string> {
  dummyHash ??= hash("nobody has this password", parameters);
  return dummyHash;
}

/** Whether a password is right, and whether its hash is of a spelling that is not kept any more. */
export type PasswordVerdict = { readonly isRight: boolean; readonly isOldSpelling: boolean };

/**
 * Whether `password` belongs to `passwordHash`, in any of its Unicode spellings: before they were normalized, hashes were made
 * of the text as it came. With no hash (unknown user) it works as long and answers false.
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

// One for a password in ASCII, at most three.
function spellingsOf(text: string): string[] {
  return [...new Set([text.normalize("NFC"), text, text.normalize("NFD")])];
}
