const uniqueViolation = "23505";

/**
 * Whether a write was refused by the unique constraint or index of that name (SQLSTATE 23505). Drizzle wraps the
 * driver's error, so causes are followed.
 */
export function violatesUnique(error: unknown, constraint: string): boolean {
  if (!(error instanceof Error)) return false;
  const isViolation = "code" in error && error.code === uniqueViolation;
  if (isViolation) return "constraint" in error && error.constraint === constraint;
  return violatesUnique(error.cause, constraint);
}
