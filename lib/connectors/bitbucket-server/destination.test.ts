import type { IncomingMessage } from "node:http";
import { createServer, type Socket } from "node:net";
import { afterEach, expect, test } from "vitest";
import type { Call } from "@/lib/connectors/action-sender";
import type { SignIn } from "@/lib/connectors/types";
import type { EgressPolicy } from "@/lib/egress/policy";
import { Secret } from "@/lib/secret";
import { baseUrlAt } from "@/lib/testing/base-url";
import { denied, page, serveBitbucket, type TestAnswer } from "@/lib/testing/bitbucket";
import { openBitbucketDestination } from "./destination";

const policy: EgressPolicy = { mode: "open", allow: [], loopback: true };
const secret = "BBDC-MjUyOTczNTE1MDY5OsPVSSkz";
const key: SignIn = { scheme: "bearer", apiKey: Secret.of(secret), expectedAccount: null };
const named = { "X-AUSERNAME": "jane", "X-AREQUESTID": "1" };
const path = "/rest/api/1.0/projects/P/repos/r/pull-requests/4/comments";
const comment: Call = { method: "POST", path, query: {}, body: { text: "Hello" } };
const lookUp: Call = { method: "GET", path, query: { start: 0 } };
const errors = (...list: object[]) => ({ errors: list });

const open: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

type Seen = { readonly method?: string | undefined; readonly headers: object; readonly body: string };

/** A destination at a server that gives this answer to the comments, and the usual ones to everything else. */
async function destinationAt(answer: TestAnswer, others: Record<string, TestAnswer> = {}, limits = {}) {
  const requests: Seen[] = [];
  const note = (request: IncomingMessage) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () =>
      requests.push({
        ...{ method: request.method, headers: request.headers },
        body: Buffer.concat(chunks).toString(),
      }),
    );
  };
  const server = await serveBitbucket((asked, request) => {
    note(request);
    if (asked.startsWith(path)) return answer;
    return Object.entries(others).find(([one]) => asked.startsWith(one))?.[1];
  }, "/git");
  const sender = await at(server.baseUrl.href, limits);
  open.push(server.close);
  return { send: sender.send, seen: server.seen, requests };
}

async function at(href: string, limits = {}) {
  const opened = await openBitbucketDestination(
    { policy },
    { baseUrl: baseUrlAt(href), signIn: key },
    { headersMs: 2_000, totalMs: 2_000, bodyBytes: 100_000, ...limits },
  );
  if (!opened.ok) throw new Error(opened.meaning.reason);
  open.push(opened.destination.close);
  return opened.destination;
}

test("writes JSON below the base URL, with the credential and the header against forged requests", async () => {
  const { send, requests } = await destinationAt({ status: 201, body: { id: 7 }, headers: named });
  expect(await send(comment)).toEqual({ kind: "done", status: 201, body: { id: 7 } });
  expect(requests).toMatchObject([
    {
      method: "POST",
      body: '{"text":"Hello"}',
      headers: {
        authorization: `Bearer ${secret}`,
        "content-type": "application/json",
        "x-atlassian-token": "no-check",
        "content-length": "16",
      },
    },
  ]);
});

test("deletes with and without a body, and writes forms", async () => {
  const { send, requests } = await destinationAt({ status: 204, headers: named });
  expect(await send({ method: "DELETE", path, query: { version: 2 } })).toMatchObject({
    kind: "done",
    body: null,
  });
  await send({ method: "DELETE", path, query: {}, body: [1] });
  await send({ method: "PUT", path, query: {}, form: { content: 'a "b"\n', 'na"me': "ü" } });
  expect(requests.map(({ body }) => body)).toMatchObject(["", "[1]", expect.stringContaining("ü")]);
  const [, , { headers, body } = { headers: {}, body: "" }] = requests;
  const type = String(Object.entries(headers).find(([name]) => name === "content-type")?.[1]);
  const read = await new Response(body, { headers: { "content-type": type } }).formData();
  expect([...read]).toEqual([
    ["content", 'a "b"\r\n'.replace("\r", "")],
    ['na"me', "ü"],
  ]);
});

test.each([
  ["an account is named", named],
  ["no account is named", {}],
])("a write that was done counts as done although %s", async (_name, headers) => {
  const { send, seen } = await destinationAt({ status: 204, headers });
  expect(await send(comment)).toEqual({ kind: "done", status: 204, body: null });
  expect(seen).toHaveLength(1);
});

test("a look-up that names nobody is believed only if others prove the sign-in", async () => {
  const proven = await destinationAt({ body: page([]) });
  expect([(await proven.send(lookUp)).kind, (await proven.send(lookUp)).kind]).toEqual(["done", "done"]);
  expect(proven.seen.map((one) => one.path.split("?")[0])).toEqual([path, "/rest/api/1.0/users", path]);
  const nobody = await destinationAt(
    { body: page([]) },
    { "/rest/api/1.0/users": denied("AuthorisationException"), "/rest/api/1.0/repos": { body: page([]) } },
  );
  expect(await nobody.send(lookUp)).toEqual({ kind: "refused", reason: "CREDENTIAL_IGNORED" });
});

test("a missing right is no refused secret, and a refused secret no missing right", async () => {
  const right = await destinationAt({ ...denied("AuthorisationException"), headers: named });
  expect(await right.send(comment)).toMatchObject({
    kind: "denied",
    problems: [{ field: null, message: "x" }],
  });
  const silent = await destinationAt(denied("AuthorisationException"));
  expect(await silent.send(comment)).toMatchObject({ kind: "denied" });
  const nobody = await destinationAt(denied("AuthorisationException"), {
    "/rest/api/1.0/users": denied("AuthorisationException"),
    "/rest/api/1.0/repos": { body: page([]) },
  });
  expect(await nobody.send(comment)).toEqual({ kind: "refused", reason: "CREDENTIAL_IGNORED" });
  const wrong = await destinationAt(denied("IncorrectPasswordAuthenticationException"));
  expect(await wrong.send(comment)).toEqual({ kind: "refused", reason: "SECRET_REJECTED" });
  expect(wrong.seen).toHaveLength(1);
});

const rule = {
  context: null,
  message: "Keys of projects cannot do this.",
  exceptionName: "com.atlassian.x.Rule",
};

test.each<[string, TestAnswer, object]>([
  [
    "words per field",
    {
      status: 400,
      body: errors(
        { context: "text", message: "Too\u0000 long", exceptionName: null },
        { context: "<b>", message: "Bad", exceptionName: null },
      ),
    },
    {
      kind: "rejected",
      status: 400,
      problems: [
        { field: "text", message: "Too long" },
        { field: null, message: "Bad" },
      ],
    },
  ],
  ["a conflict", { status: 409, body: errors(rule) }, { kind: "rejected", status: 409, body: errors(rule) }],
  [
    "too large, by a proxy",
    { status: 413, body: "<html>too large</html>" },
    { kind: "rejected", problems: [{ message: "The server answered 413 and did not say why." }] },
  ],
  ["another kind of account", { status: 403, body: errors(rule) }, { kind: "rejected", status: 403 }],
  [
    "a front",
    { status: 403, body: "<html>Access denied</html>", headers: {} },
    { kind: "failed", reason: "FRONT_REFUSES" },
  ],
  [
    "nothing there",
    denied("pull.NoSuchPullRequestException", 404),
    { kind: "missing", exceptions: ["com.atlassian.bitbucket.pull.NoSuchPullRequestException"] },
  ],
  [
    "no such route",
    { status: 404, body: { message: "HTTP 404 Not Found", "status-code": 404 } },
    { kind: "not-available" },
  ],
  [
    "a busy server",
    { status: 429, body: "<html>", headers: { ...named, "Retry-After": "7" } },
    { kind: "wait", seconds: 7 },
  ],
  ["a starting server", { status: 503, headers: { "Retry-After": "9" } }, { kind: "wait", seconds: 9 }],
  ["a failing server", { status: 500, body: errors(rule) }, { kind: "lost", reason: "SERVER_ERROR" }],
  ["a proxy without a server", { status: 503, body: "<html>" }, { kind: "lost", reason: "STARTING" }],
  [
    "a sign-in page",
    { body: "<html><title>Sign in</title></html>" },
    { kind: "failed", reason: "SIGN_IN_PAGE" },
  ],
  [
    "a redirect",
    { status: 302, headers: { Location: "https://sso.example/" } },
    { kind: "failed", reason: "REDIRECTED" },
  ],
  [
    "plain text",
    { body: Buffer.from("ok"), headers: { "content-type": "text/plain" } },
    { kind: "done", body: null },
  ],
])("%s", async (_name, answer, meaning) => {
  const { send, seen } = await destinationAt({ headers: named, ...answer });
  expect(await send(comment)).toMatchObject(meaning);
  expect(seen).toHaveLength(1);
});

test("what the server says comes without the secret", async () => {
  const echo = { context: null, message: `No ${secret}`, exceptionName: null, token: secret };
  const { send } = await destinationAt({ status: 400, body: errors(echo, rule), headers: named });
  expect(JSON.stringify(await send(comment))).not.toContain(secret.slice(5));
  const good = await destinationAt({ body: { id: 7, text: `My ${secret.toLowerCase()}` }, headers: named });
  expect(await good.send(comment)).toMatchObject({ body: { id: 7, text: null } });
  const text = await destinationAt({ status: 500, body: secret });
  expect(JSON.stringify(await text.send(comment))).not.toContain(secret);
});

test("silence after a write may mean that it was done; after a look-up, too, and is asked again", async () => {
  const { send } = await destinationAt({ isSilent: true }, {}, { headersMs: 100, totalMs: 100 });
  expect(await send(comment)).toEqual({ kind: "lost", reason: "TIMED_OUT" });
  const large = await destinationAt({ body: page(["a".repeat(2_000)]) }, {}, { bodyBytes: 1_000 });
  expect(await large.send(comment)).toEqual({ kind: "lost", reason: "ANSWER_TOO_LARGE" });
  expect(await large.send(lookUp)).toEqual({ kind: "failed", reason: "ANSWER_TOO_LARGE" });
});

test("a broken line is told apart from one that could not be opened", async () => {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket.once("data", () => socket.destroy()));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("No port");
  const { send } = await at(`http://127.0.0.1:${address.port}`);
  expect(await send(comment)).toMatchObject({ kind: "lost" });
  await new Promise((resolve) => server.close(resolve));
  expect(await send(comment)).toMatchObject({ kind: "unsent" });
});
