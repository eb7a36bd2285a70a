import "server-only";
import { hash, verify } from "@node-rs/argon2";
import type { Secret } from "@/lib/crypto/secret";

// Argon2id is the library's default; OWASP's second recommended setting for it (19 MiB, 2 passes): https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html
const parameters = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

let dummyHash: Promise<string> | undefined;

/** Argon2id of `password` in PHC notation, salted anew on each call. */
export function hashPassword(password: Secret): Promise<string> {
  return password.use((text) => hash(text, parameters));
}

/** Whether `password` belongs to `passwordHash`; with no hash (unknown user) it works as long and answers false. */
export async function verifyPassword(passwordHash: string | null, password: Secret): Promise<boolean> {
  dummyHash ??= hash("nobody has this password", parameters);
  const known = passwordHash ?? (await dummyHash);
  const matches = await password.use((text) => verify(known, text));
  return matches && passwordHash !== null;
}
