/** The database did not answer within the portal's limit, and the connection was given up. */
export class SilentDatabaseError extends Error {
  override name = "SilentDatabaseError";
  readonly code = "LATCHKEY_DATABASE_SILENT";
}

/** The embedded database's thread ended without being asked to. */
export class EmbeddedEndedError extends Error {
  override name = "EmbeddedEndedError";
  readonly code = "LATCHKEY_DATABASE_ENDED";
}

/** The disk of the embedded database has no room left for a write. */
export class DiskFullError extends Error {
  override name = "DiskFullError";
  readonly code = "LATCHKEY_DISK_FULL";
}

/** Why the database cannot be used. `unavailable`: no answer at all; `read-only` and `full`: it takes no writes. */
export type DatabaseFault = "unavailable" | "read-only" | "full";

/** Error codes of a broken connection (https://nodejs.org/api/errors.html#common-system-errors and dns). */
const brokenWays = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "ECONNABORTED",
  "EPIPE",
  "ETIMEDOUT",
  "EHOSTUNREACH",
  "EHOSTDOWN",
  "ENETUNREACH",
  "ENETDOWN",
  "ENOTFOUND",
  "EAI_AGAIN",
  "LATCHKEY_DATABASE_SILENT",
  "LATCHKEY_DATABASE_ENDED",
]);

/** Codes and classes of PostgreSQL (https://www.postgresql.org/docs/current/errcodes-appendix.html). */
const states: readonly (readonly [pattern: RegExp, fault: DatabaseFault])[] = [
  [/^53100$/, "full"],
  // EFBIG: also raised if a file may not grow any further.
  [/^LATCHKEY_DISK_FULL$|^ENOSPC$|^EDQUOT$|^EFBIG$/, "full"],
  [/^25006$|^EROFS$/, "read-only"],
  // 08 connection, 53 resources, 57P restarting or ending, 57014 timeout, 58 the system beneath, 25P03 idle too long.
  [/^08|^53|^57P|^57014$|^58|^25P03$/, "unavailable"],
  // The server refuses the portal: a password or database was changed meanwhile, or it accepts no connections.
  [/^28|^3D000$|^55000$/, "unavailable"],
];

/** Errors of `pg` and its pool without a code. */
const withoutCode =
  /^(?:Connection terminated|timeout exceeded when trying to connect|Client (?:has encountered a connection error|was closed) and is not queryable|Query read timeout)/;

/** The database fault behind an error and its causes; null for every other error. */
export function databaseFaultOf(error: unknown): DatabaseFault | null {
  if (!(error instanceof Error)) return null;
  return ownFault(error) ?? databaseFaultOf(error.cause);
}

function ownFault(error: Error): DatabaseFault | null {
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  if (brokenWays.has(code) || withoutCode.test(error.message)) return "unavailable";
  return states.find(([pattern]) => pattern.test(code))?.[1] ?? null;
}
