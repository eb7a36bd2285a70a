const uniqueViolation = "23505";

/**
 * True if the unique constraint or index of that name refused a write (SQLSTATE 23505). Drizzle wraps the driver's
 * error, so causes are searched.
 */
export function violatesUnique(error: unknown, constraint: string): boolean {
  if (!(error instanceof Error)) return false;
  const isViolation = "code" in error && error.code === uniqueViolation;
  if (isViolation) return "constraint" in error && error.constraint === constraint;
  return violatesUnique(error.cause, constraint);
}
