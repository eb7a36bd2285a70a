import "server-only";
import { inspect } from "node:util";
import { DrizzleQueryError } from "drizzle-orm";

/**
 * Lets drizzle's errors be printed without the parameters of their statement, which may be anything that a person typed:
 * Next prints whatever a page throws, apart from our own log. Call once, before the first statement.
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

// A driver's error repeats values in its detail, and for some codes in its message: only a fault's own words are known.
function causeOf(error: Error): string {
  const code = "code" in error && typeof error.code === "string" ? ` ${error.code}` : "";
  return `${error.name}${code}`;
}
