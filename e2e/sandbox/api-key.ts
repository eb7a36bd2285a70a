import { createHash } from "node:crypto";

const FIRST_ID = 100_000_000_000;
const ID_SPAN = 900_000_000_000;

/** Newer keys have a prefix, older ones none; both are in use: secret-scanning example in Atlassian's REST file. */
export type KeyLook = "today" | "older";

/**
 * The API key for a name, the same on every start. Like a real one, it is 44 characters of base64 over 12 digits, a
 * colon and 20 bytes (`RestRawAccessToken` in Atlassian's OpenAPI 9.4 file); newer ones follow `BBDC-`.
 */
export function deriveApiKey(name: string, look: KeyLook = "today"): { id: string; value: string } {
  const digest = createHash("sha256").update(`latchkey sandbox key ${name}`).digest();
  const id = String(FIRST_ID + (digest.readUIntBE(0, 6) % ID_SPAN));
  const bytes = Buffer.concat([Buffer.from(`${id}:`, "ascii"), digest.subarray(8, 28)]);
  return { id, value: `${look === "today" ? "BBDC-" : ""}${bytes.toString("base64")}` };
}
