/** Every way in which a request can fail for a reason that the person can be told. */
export type ErrorCode =
  | "UNAUTHENTICATED"
  | "FOREIGN_ORIGIN"
  | "NOT_FOUND"
  | "NOT_ALLOWED"
  | "INVALID_INPUT"
  | "CONFLICT"
  | "RATE_LIMITED"
  | "CHECK_FAILED"
  | "UNAVAILABLE"
  | "INTERNAL";

/** Messages by field name; a field that is not listed has no complaint. */
export type FieldErrors = Readonly<Record<string, string>>;

/** What a refusal says; `message` and `fieldErrors` are shown to people and must never hold a secret. */
export type Refusal = {
  readonly code: ErrorCode;
  readonly message: string;
  readonly fieldErrors?: FieldErrors;
};

/** An expected failure on its way to the person; anything else that is thrown is a bug and reads INTERNAL. */
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

/** The one answer to absent and forbidden alike, so that neither can be told from the other. */
export function notFound(what: string): AppError {
  return new AppError({ code: "NOT_FOUND", message: `There is no such ${what}, or it is not yours to see.` });
}
