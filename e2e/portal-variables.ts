import { randomBytes } from "node:crypto";

/** Names the portal's address, from the global set-up to the test workers. */
export const originVariable = "LATCHKEY_TEST_ORIGIN";

/** Contains what the workers need to use the seeded accounts, as JSON. */
export const accountsVariable = "LATCHKEY_TEST_ACCOUNTS";

/** Names the folder in which the workers of a run claim accounts, and addresses for their sandboxes. */
export const claimsVariable = "LATCHKEY_TEST_CLAIMS";

/** Names the portal home that the workers of a run may copy, as JSON of folder and settings. */
export const templateVariable = "LATCHKEY_TEST_TEMPLATE";

/** Fresh keys for a portal on a database server, where the portal generates none itself. */
export function generateKeys(): { AUTH_SECRET: string; SECRET_KEYS: string } {
  return {
    AUTH_SECRET: randomBytes(32).toString("base64url"),
    SECRET_KEYS: `k1:${randomBytes(32).toString("base64")}`,
  };
}
