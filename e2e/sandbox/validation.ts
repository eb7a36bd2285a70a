import type { z } from "zod";
import type { Answer } from "./answer";
import { type ErrorEntry, errorEnvelope } from "./errors";

/** A field's path as the server writes it: annotations[3].message. */
function fieldOf(path: readonly PropertyKey[]): string {
  return path.reduce<string>(
    (so, part) =>
      typeof part === "number" ? `${so}[${part}]` : so === "" ? String(part) : `${so}.${String(part)}`,
    "",
  );
}

/** Parses a request's body by its schema, or returns the 400 that names every invalid field in `context`. */
export function parseBody<Body>(schema: z.ZodType<Body>, text: string): { body: Body } | { refusal: Answer } {
  let given: unknown;
  try {
    given = JSON.parse(text);
  } catch {
    return {
      refusal: errorEnvelope(400, [{ context: null, message: "The body is not JSON.", exceptionName: null }]),
    };
  }
  const parsed = schema.safeParse(given);
  if (parsed.success) return { body: parsed.data };
  const entries = new Map<string, ErrorEntry>();
  for (const issue of parsed.error.issues) {
    const field = fieldOf(issue.path);
    if (!entries.has(field)) {
      entries.set(field, { context: field || null, message: issue.message, exceptionName: null });
    }
  }
  return { refusal: errorEnvelope(400, [...entries.values()]) };
}
