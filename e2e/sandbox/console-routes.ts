import type { IncomingHttpHeaders } from "node:http";
import { z } from "zod";
import { type Answer, json, redirect, text } from "./answer";
import { consolePage } from "./console-page";
import type { SandboxState } from "./state";

/** The console's path; no instance's context path may begin with it. */
export const CONSOLE_PATH = "/_sandbox";

interface ConsoleRequest {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: IncomingHttpHeaders;
  body: string;
}

const POLICY = {
  "Content-Security-Policy":
    "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  "X-Content-Type-Options": "nosniff",
  "Referrer-Policy": "same-origin",
  "Cache-Control": "no-store",
};

/** Serves the console: its page, the journal as JSON, the authority's certificate, and the controls. */
export function consoleAnswer(state: SandboxState, request: ConsoleRequest): Answer {
  const rest = request.path.slice(CONSOLE_PATH.length).replace(/\/$/, "");
  const route = `${request.method === "HEAD" ? "GET" : request.method} ${rest}`;
  if (request.method === "POST" && isFromElsewhere(request.headers)) {
    return text(403, "Only the console's own page may do this.");
  }
  switch (route) {
    case "GET ":
      return showPage(state, request.query);
    case "GET /journal.json":
      return showJournal(state, request.query);
    case "GET /ca.pem":
      return text(200, state.caCertificate, {
        "Content-Disposition": 'attachment; filename="sandbox-ca.pem"',
      });
    case "POST /reset":
      state.reset();
      return done(request);
    case "POST /clear-captcha":
      return clearCaptcha(state, request);
    case "POST /instances":
      return changeInstance(state, request);
    default:
      return text(404, "The console has no such page.");
  }
}

function showPage(state: SandboxState, query: URLSearchParams): Answer {
  const request = Number(query.get("refresh"));
  const refreshSeconds = Number.isInteger(request) && request > 0 ? request : null;
  return {
    status: 200,
    headers: { "Content-Type": "text/html;charset=UTF-8", ...POLICY },
    body: consolePage(state, refreshSeconds),
  };
}

function showJournal(state: SandboxState, query: URLSearchParams): Answer {
  const since = Number(query.get("since") ?? 0);
  if (!Number.isInteger(since)) return json(400, { error: "since has to be a whole number" });
  const entries = state.journal.list({ instance: query.get("instance") ?? undefined, since });
  return json(200, { entries, latest: state.journal.latest }, { "Cache-Control": "no-store" });
}

const clearSchema = z.object({ instance: z.string(), account: z.string().optional() });

function clearCaptcha(state: SandboxState, request: ConsoleRequest): Answer {
  const parsed = clearSchema.safeParse(fieldsOf(request));
  if (!parsed.success) return json(400, { error: z.prettifyError(parsed.error) });
  const instance = state.find(parsed.data.instance);
  if (!instance) return json(404, { error: "no such instance" });
  instance.clearFailures(parsed.data.account);
  return done(request);
}

const changeSchema = z.looseObject({ instance: z.string() });

function changeInstance(state: SandboxState, request: ConsoleRequest): Answer {
  const parsed = changeSchema.safeParse(fieldsOf(request));
  if (!parsed.success) return json(400, { error: z.prettifyError(parsed.error) });
  const { instance: path, ...changes } = parsed.data;
  const instance = state.find(path);
  if (!instance) return json(404, { error: "no such instance" });
  try {
    instance.set(changes);
  } catch (error) {
    if (!(error instanceof z.ZodError)) throw error;
    return json(400, { error: z.prettifyError(error) });
  }
  return done(request);
}

/** Refuses requests from another site's page in a visitor's browser; programs send no Origin. */
function isFromElsewhere(headers: IncomingHttpHeaders): boolean {
  const { origin, host } = headers;
  return origin !== undefined && origin !== `http://${host}`;
}

function isForm(request: ConsoleRequest): boolean {
  return (request.headers["content-type"] ?? "").startsWith("application/x-www-form-urlencoded");
}

/** The fields of a form or of a JSON object; numbers and booleans are parsed, since a form contains only text. */
function fieldsOf(request: ConsoleRequest): unknown {
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
  return /^\d{1,9}$/.test(value) ? Number(value) : value;
}

/** A form is redirected to the page, a program gets JSON. */
function done(request: ConsoleRequest): Answer {
  return isForm(request) ? redirect(CONSOLE_PATH, 303) : json(200, { ok: true });
}
