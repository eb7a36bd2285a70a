import type { IncomingHttpHeaders } from "node:http";
import { type Answer, json, redirect } from "./answer";

/** The console's path; no instance's context path may begin with it. */
export const CONSOLE_PATH = "/_sandbox";

/** A request to the console. */
export interface ConsoleRequest {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: IncomingHttpHeaders;
  body: string;
}

function isForm(request: ConsoleRequest): boolean {
  return (request.headers["content-type"] ?? "").startsWith("application/x-www-form-urlencoded");
}

/** The fields of a form or of a JSON object; numbers and booleans are parsed, since a form contains only text. */
export function fieldsOf(request: ConsoleRequest): unknown {
  if (isForm(request)) {
    return Object.fromEntries(
      [...new URLSearchParams(request.body)].map(([name, value]) => [name, typed(value)]),
    );
  }
  try {
    return JSON.parse(request.body);
  } catch {
    return null;
  }
}

function typed(value: string): string | number | boolean {
  if (value === "true" || value === "false") return value === "true";
  return /^\d{1,9}(?:\.\d{1,9})?$/.test(value) ? Number(value) : value;
}

/** A form is redirected to the page, a program gets JSON, with what the control made if it made something. */
export function done(request: ConsoleRequest, made?: unknown): Answer {
  return isForm(request) ? redirect(CONSOLE_PATH, 303) : json(200, { ok: true, made });
}
