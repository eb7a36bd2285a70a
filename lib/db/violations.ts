const uniqueViolation = "23505";

/** Whether a write was refused because a row with the same key exists (SQLSTATE 23505); Drizzle wraps the driver's error, so causes are followed. */
export function isUniqueViolation(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if ("code" in error && error.code === uniqueViolation) return true;
  return isUniqueViolation(error.cause);
}
