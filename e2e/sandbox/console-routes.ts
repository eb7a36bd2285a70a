import type { IncomingHttpHeaders } from "node:http";
import { z } from "zod";
import { type Answer, json, text } from "./answer";
import {
  changeContent,
  changeKey,
  clearCounters,
  disturb,
  showCounters,
  showWritten,
} from "./console-controls";
import { consolePage } from "./console-page";
import { CONSOLE_PATH, type ConsoleRequest, done, fieldsOf } from "./console-request";
import type { SandboxState } from "./state";

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
    case "GET /writes.json":
      return showWrites(state, request.query);
    case "GET /written.json":
      return showWritten(state, request.query);
    case "GET /ca.pem":
      return text(200, state.caCertificate, {
        "Content-Disposition": 'attachment; filename="sandbox-ca.pem"',
      });
    case "POST /reset":
      state.reset();
      return done(request);
    case "POST /clear-captcha":
      return clearCaptcha(state, request);
    case "POST /revoke-key":
      return changeKey(state, request, "revokeKey");
    case "POST /restore-key":
      return changeKey(state, request, "restoreKey");
    case "GET /counters.json":
      return showCounters(state, request.query);
    case "POST /clear-counters":
      return clearCounters(state, request);
    case "POST /changes":
      return changeContent(state, request);
    case "POST /disturbances":
      return disturb(state, request);
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

/** GET writes.json?instance=&since=: the requests that were to change something. */
function showWrites(state: SandboxState, query: URLSearchParams): Answer {
  const since = Number(query.get("since") ?? 0);
  if (!Number.isInteger(since)) return json(400, { error: "since has to be a whole number" });
  const entries = state.writes.list({ instance: query.get("instance") ?? undefined, since });
  return json(200, { entries, latest: state.writes.latest }, { "Cache-Control": "no-store" });
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
