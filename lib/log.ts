import "server-only";
import pino from "pino";
import { holdsApiKey, maskApiKeys } from "@/lib/text/api-key-shape";
import { withoutOneTimeTokens } from "@/lib/text/one-time-tokens";
import { env } from "./env";

let logger: pino.Logger | undefined;

/** The structured log on standard output; callers pass ids and known codes, never input and never a secret. */
export function log(): pino.Logger {
  logger ??= pino({
    level: env().LOG_LEVEL,
    base: { app: "latchkey" },
    serializers: { err: describeError },
    hooks: { streamWrite: withoutApiKeys },
  });
  return logger;
}

/** A log line with every API key masked: the last safeguard if one got into an error's message. */
export function withoutApiKeys(line: string): string {
  if (!holdsApiKey(line)) return line;
  const masked = JSON.stringify(JSON.parse(line), (_name, value: unknown) =>
    typeof value === "string" ? maskApiKeys(value) : value,
  );
  return `${holdsApiKey(masked) ? JSON.stringify({ msg: "a line of the log held an API key" }) : masked}\n`;
}

// A driver's error object repeats query parameters, so only name, code, message and stack are logged.
function describeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { message: String(error) };
  const code = "code" in error ? error.code : undefined;
  const cause = error.cause === undefined ? undefined : describeError(error.cause);
  return {
    name: error.name,
    code,
    message: readableMessage(error),
    stack: error.stack?.split("\n").filter(isFrame).join("\n"),
    cause,
  };
}

/** An error's message for the log: on one line, without statement parameters, one-time tokens and control characters. */
export function readableMessage({ message }: Error): string {
  // Drizzle puts "params: …" into its messages; an insert's parameters may be anything a user typed.
  const said = withoutOneTimeTokens(message.split("\nparams:")[0] ?? "");
  return said.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (one) => `\\u{${one.codePointAt(0)?.toString(16)}}`);
}

function isFrame(line: string): boolean {
  return line.trimStart().startsWith("at ");
}
