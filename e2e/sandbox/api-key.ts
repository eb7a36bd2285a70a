import { createHash } from "node:crypto";

const FIRST_ID = 100_000_000_000;
const ID_SPAN = 900_000_000_000;

/** Today's keys have a prefix, older ones have none; both are in use: secret-scanning example in Atlassian's REST file. */
export type KeyLook = "today" | "older";

/**
 * The API key that belongs to a name, the same on every start.
 * It has the shape of a real one: 44 characters of base64 over 12 digits, a colon and 20 bytes,
 * as the example in Atlassian's OpenAPI 9.4 file `RestRawAccessToken` decodes; today's after `BBDC-`.
 */
export function deriveApiKey(name: string, look: KeyLook = "today"): { id: string; value: string } {
  const digest = createHash("sha256").update(`latchkey sandbox key ${name}`).digest();
  const id = String(FIRST_ID + (digest.readUIntBE(0, 6) % ID_SPAN));
  const bytes = Buffer.concat([Buffer.from(`${id}:`, "ascii"), digest.subarray(8, 28)]);
  return { id, value: `${look === "today" ? "BBDC-" : ""}${bytes.toString("base64")}` };
}
