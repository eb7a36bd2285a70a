import "server-only";
import { hash, verify } from "@node-rs/argon2";
import pLimit from "p-limit";
import type { Secret } from "@/lib/crypto/secret";

// Argon2id is the library's default; OWASP's second recommended setting for it (19 MiB, 2 passes): https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html
const parameters = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

// A hash takes 19 MiB and some milliseconds of a core: a flood of sign-ins waits in line instead of taking the machine.
const inLine = pLimit(4);

let dummyHash: Promise<string> | undefined;

/** Argon2id of `password` in PHC notation, salted anew on each call. */
export function hashPassword(password: Secret): Promise<string> {
  return inLine(() => password.use((text) => hash(text, parameters)));
}

/** Makes the hash that unknown users are compared with: once, before the first of them, who would wait for it otherwise. */
export function nobodysHash(): Promise<string> {
  dummyHash ??= hash("nobody has this password", parameters);
  return dummyHash;
}

/** Whether `password` belongs to `passwordHash`; with no hash (unknown user) it works as long and answers false. */
export async function verifyPassword(passwordHash: string | null, password: Secret): Promise<boolean> {
  const known = passwordHash ?? (await nobodysHash());
  const matches = await inLine(() => password.use((text) => verify(known, text)));
  return matches && passwordHash !== null;
}
