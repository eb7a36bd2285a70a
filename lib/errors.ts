/** Every expected reason for a request to fail that the user can be told. */
export type ErrorCode =
  | "UNAUTHENTICATED"
  | "FOREIGN_ORIGIN"
  | "NOT_FOUND"
  | "NOT_ALLOWED"
  | "INVALID_INPUT"
  | "CONFLICT"
  | "RATE_LIMITED"
  | "CHECK_FAILED"
  | "CHECK_ONLY"
  | "UNAVAILABLE"
  | "INTERNAL";

/** Messages by field name; a field that is not listed has no error. */
export type FieldErrors = Readonly<Record<string, string>>;

/** The contents of a refusal; `message` and `fieldErrors` are shown to users and must never hold a secret. */
export type Refusal = {
  readonly code: ErrorCode;
  readonly message: string;
  readonly fieldErrors?: FieldErrors;
};

/** An expected failure for the user; any other exception is a bug and reads INTERNAL. */
export class AppError extends Error implements Refusal {
  override name = "AppError";
  readonly code: ErrorCode;
  readonly fieldErrors: FieldErrors;

  constructor(refusal: Refusal, options?: ErrorOptions) {
    super(refusal.message, options);
    this.code = refusal.code;
    this.fieldErrors = refusal.fieldErrors ?? {};
  }
}

/** The same error for absent and forbidden, so that they cannot be told apart. */
export function notFound(what: string): AppError {
  return new AppError({ code: "NOT_FOUND", message: `There is no such ${what}, or it is not yours to see.` });
}
