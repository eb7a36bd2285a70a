import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { sandboxAccounts } from "../e2e/sandbox/accounts";
import { startSandbox } from "../e2e/sandbox/start";
import { checkOf } from "../lib/connectors/checks";
import { Secret } from "../lib/secret";
import { baseUrlAt } from "../lib/testing/base-url";
import { serveParent } from "./source-process";

/** A call of a check, as it was asked. */
export type CheckCall = { readonly path: string; readonly isSignedIn: boolean };
type Recorded = { readonly status: number; readonly headers: Record<string, string>; readonly body: string };

const { jane } = sandboxAccounts;
const recorded = new Map<string, Recorded>();
let recordedAt = "";
/** The names under which the benchmarks sign in. */
const everybody = /robin-\d+-of-many/g;
const nameOf = ({ path, isSignedIn }: CheckCall) => `${isSignedIn ? "as user" : "as nobody"} ${path}`;
/** An avatar's address ends with its version. */
const withoutVersion = (path: string) => path.replace(/\?s=.*$/, "");
const kept = ["content-type", "x-ausername", "x-auserid", "x-asessionid", "www-authenticate"];

/** Checks Jane's sign-in on the sandbox once, and keeps what was asked and answered. */
async function record(): Promise<CheckCall[]> {
  const sandbox = await startSandbox();
  const baseUrl = baseUrlAt(sandbox.url("/"));
  recordedAt = baseUrl.origin;
  const signIn = { scheme: "basic", username: jane.name, password: Secret.of(jane.password) } as const;
  const egress = { policy: { mode: "open", allow: [], loopback: true } } as const;
  await checkOf("bitbucket-server").check(egress, { baseUrl, signIn }, {});
  const calls = sandbox.journal().map(({ path, scheme }) => ({
    path: withoutVersion(path),
    isSignedIn: scheme !== "none",
  }));
  const authorization = `Basic ${Buffer.from(`${jane.name}:${jane.password}`).toString("base64")}`;
  for (const call of calls) {
    const headers: Record<string, string> = call.isSignedIn ? { authorization } : {};
    const reply = await fetch(`${baseUrl.origin}${call.path}`, { headers, redirect: "manual" });
    const some = kept.flatMap((name): [string, string][] => {
      const value = reply.headers.get(name);
      return value === null ? [] : [[name, value]];
    });
    recorded.set(nameOf(call), {
      status: reply.status,
      headers: Object.fromEntries(some),
      body: await reply.text(),
    });
  }
  await sandbox.close();
  return calls;
}

let delayMs = 50;
let most = 0;
let unknown = 0;

/** One server: everybody who signs in is Jane under another name. */
function serve(): Promise<Server> {
  let now = 0;
  const server = createServer((request, response) => {
    now += 1;
    most = Math.max(most, now);
    request.resume();
    setTimeout(() => {
      now -= 1;
      answer(request, response);
    }, delayMs);
  });
  return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(server)));
}

function answer(request: IncomingMessage, response: ServerResponse): void {
  const { authorization } = request.headers;
  const user = authorization
    ? Buffer.from(authorization.slice("Basic ".length), "base64").toString().split(":")[0]
    : undefined;
  const path = withoutVersion(request.url ?? "").replaceAll(everybody, jane.name);
  const found = recorded.get(nameOf({ path, isSignedIn: user !== undefined }));
  if (!found) {
    unknown += 1;
    response.writeHead(404).end();
    return;
  }
  const here = `http://${request.headers.host}`;
  const own = (text: string) => text.replaceAll(jane.name, user ?? jane.name).replaceAll(recordedAt, here);
  const headers = Object.entries(found.headers).map(([name, value]) => [name, own(value)] as const);
  response.writeHead(found.status, Object.fromEntries(headers)).end(own(found.body));
}

const calls = record();
serveParent({
  /** The calls of a check, and so many servers. */
  start: async (count: number) => {
    const servers = await Promise.all(Array.from({ length: count }, serve));
    // Listening on a port, so the address is an object.
    const origins = servers.map((one) => `http://localhost:${(one.address() as AddressInfo).port}`);
    return { calls: await calls, origins };
  },
  delay: async (ms: number) => {
    delayMs = ms;
  },
  /** Calls at once to one server at most, and calls that were never recorded; since the last time. */
  counters: async () => {
    const counted = { most, unknown };
    [most, unknown] = [0, 0];
    return counted;
  },
});
