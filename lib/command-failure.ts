import { isWrappingKeyError } from "@/lib/crypto/key-wrapper";

/** The message to an operator when a command fails: what happened, and what to do if known. Holds no secret. */
export function commandFailureText(error: unknown): string {
  if (!(error instanceof Error)) return `${String(error)}\n`;
  const cure = cureOf(error);
  return `${error.name}: ${error.message}\n${cure ? `${cure}\n` : ""}`;
}

function cureOf(error: Error): string | null {
  if (isWrappingKeyError(error)) {
    return `Nothing can be opened without the keys it was written with: put "${error.wantedKeyId}" back into SECRET_KEYS.`;
  }
  const code = "code" in error ? String(error.code) : "";
  // Codes of Node.js for the connection, and of PostgreSQL for access (classes 28 and 3D) and availability (57).
  if (/^(E[A-Z]+|28...|3D...|57...)$/.test(code)) {
    return "The database cannot be opened: check DATABASE_URL, and that the server runs and lets this user in.";
  }
  return error.cause instanceof Error ? cureOf(error.cause) : null;
}
