import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { type Answer, text } from "./answer";
import { answerOf, type Outcome } from "./bitbucket";
import { CONSOLE_PATH } from "./console-request";
import { consoleAnswer } from "./console-routes";
import { countedOf } from "./counted";
import { sendWhole } from "./delivery";
import type { Instance } from "./instance";
import { secretKindOf } from "./journal";
import { isWrite, type SandboxRequest } from "./request";
import { secretFreeTarget } from "./secret-free";
import type { SandboxState } from "./state";
import { below, readTarget } from "./target";

/** A thousand annotations of full length fit. */
const LARGEST_BODY_BYTES = 4 * 1024 * 1024;

/**
 * Routes a request to the console or an instance, and records it before the response is sent. `only` is the listener's
 * own instance; without it the path decides.
 */
export function createRequestHandler(state: SandboxState, only: Instance | null = null): RequestListener {
  return (request, response) => {
    handle(state, only, request, response).catch(() => {
      // Either the client closed the connection or the sandbox has a bug; neither may end the process.
      if (!response.headersSent) send(response, text(500, "The sandbox failed to answer."));
      else response.destroy();
    });
  };
}

async function handle(
  state: SandboxState,
  only: Instance | null,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { path, query } = readTarget(request.url ?? "/");
  const method = request.method ?? "GET";
  const body = await readBody(request);
  if (body === null) return send(response, text(413, "The body is too large.", { Connection: "close" }));

  if (only === null && below(CONSOLE_PATH, path) !== null) {
    return send(response, consoleAnswer(state, { method, path, query, headers: request.headers, body }));
  }
  const { instance, localPath } = only ? { instance: only, localPath: path } : instanceAt(state, path);
  const received: SandboxRequest = {
    instance,
    method,
    path: localPath,
    query,
    headers: request.headers,
    body,
  };
  const outcome = answerOf(received);
  const { answer, signIn } = outcome;
  response.once("close", instance.counters.begin(countedOf(received, outcome)));
  const { authorization, cookie } = request.headers;
  state.journal.record({
    instance: instance.name,
    connection: state.connections.idOf(request.socket),
    method,
    path: secretFreeTarget(localPath, query),
    scheme: signIn.scheme,
    outcome: signIn.outcome,
    account: signIn.account?.name ?? null,
    secretKind: secretKindOf(signIn),
    keyName: signIn.key?.name ?? null,
    signInAttempt: state.connections.isSignInAttempt(request.socket, instance, authorization, signIn.outcome),
    cookie: cookie !== undefined,
    status: answer.status,
  });
  if (isWrite(method) && localPath.startsWith("/rest/")) recordWrite(state, received, outcome);
  await waitUnlessGone(response, instance, authorization !== undefined);
  send(response, { deliver: instance.deliver, ...answer });
}

function recordWrite(
  state: SandboxState,
  { instance, method, path, query, headers, body }: SandboxRequest,
  { answer, signIn, isDone }: Outcome,
): void {
  state.writes.record({
    instance: instance.name,
    method,
    path: secretFreeTarget(path, query),
    type: (headers["content-type"] ?? "").split(";")[0]?.trim().toLowerCase() ?? "",
    body,
    account: signIn.outcome === "accepted" ? (signIn.account?.name ?? null) : null,
    status: answer.status,
    done: isDone,
  });
}

function instanceAt(state: SandboxState, path: string): { instance: Instance; localPath: string } {
  for (const instance of state.instances) {
    if (instance.path === "/") continue; // Matches every path, so it comes last.
    const localPath = below(instance.path, path);
    if (localPath !== null) return { instance, localPath };
  }
  return { instance: state.root, localPath: path };
}

async function readBody(request: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  // A request without a set encoding yields buffers; its iterator is typed as any.
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > LARGEST_BODY_BYTES) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

/** Waits for the instance's delay, including changes made meanwhile. */
async function waitUnlessGone(
  response: ServerResponse,
  instance: Instance,
  hasCredential: boolean,
): Promise<void> {
  const from = performance.now();
  for (;;) {
    const { delayMs, signInDelayMs } = instance.settings;
    const leftMs = delayMs + (hasCredential ? signInDelayMs : 0) - (performance.now() - from);
    if (leftMs <= 0 || response.destroyed) return;
    await sleep(Math.min(leftMs, 25));
  }
}

function send(response: ServerResponse, answer: Answer): void {
  if (response.destroyed) return;
  const { deliver = sendWhole } = answer;
  deliver(response, answer);
}
