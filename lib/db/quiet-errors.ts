import "server-only";
import { inspect } from "node:util";
import { DrizzleQueryError } from "drizzle-orm";

/**
 * Keeps the parameters of statements out of drizzle's printed errors, since they may be anything a user typed: Next
 * prints what a page throws, apart from the portal's log. Call once, before the first statement.
 */
export function printErrorsWithoutParameters(): void {
  Object.defineProperty(DrizzleQueryError.prototype, inspect.custom, {
    value(this: DrizzleQueryError): string {
      const [statement = ""] = this.message.split("\nparams:");
      const frames = (this.stack ?? "").split("\n").filter((line) => line.trimStart().startsWith("at "));
      const cause = this.cause instanceof Error ? `\n  caused by ${causeOf(this.cause)}` : "";
      return [`${statement}${cause}`, ...frames].join("\n");
    },
  });
}

// A driver's error repeats values in its detail, and for some codes in its message: only the texts of known faults
// are safe.
function causeOf(error: Error): string {
  const code = "code" in error && typeof error.code === "string" ? ` ${error.code}` : "";
  return `${error.name}${code}`;
}
