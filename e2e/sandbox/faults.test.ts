import { request } from "node:http";
import { connect } from "node:net";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { sandboxAccounts, sandboxKeys } from "./accounts";
import { ask, basic, bearer } from "./ask";
import { faultDescriptions } from "./faults";
import { hostileText } from "./hostile-text";
import { type Sandbox, startSandbox } from "./start";

const authorization = bearer(sandboxKeys.janeWrite.value);
const properties = "/rest/api/1.0/application-properties";
let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
beforeEach(() => sandbox.reset());
afterAll(() => sandbox.close());

const at = (instance: string, path = properties, options = {}) => ask(sandbox.url(instance) + path, options);

/** The raw bytes of the first moments. */
function firstBytes(
  instance: string,
  ms: number,
): Promise<{ text: string; ended: boolean; code: string | null }> {
  const { port } = new URL(sandbox.origin);
  return new Promise((resolve) => {
    let [text, ended] = ["", false];
    let code: string | null = null;
    const socket = connect(Number(port), "localhost", () =>
      socket.write(`GET ${instance}${properties} HTTP/1.1\r\nHost: localhost\r\n\r\n`),
    );
    socket.setEncoding("latin1");
    const done = () => {
      socket.destroy();
      resolve({ text, ended, code });
    };
    socket.on("data", (chunk: string) => {
      text += chunk;
    });
    socket.once("end", () => {
      ended = true;
    });
    socket.once("error", (error) => {
      code = "code" in error ? String(error.code) : error.message;
    });
    socket.once("close", done);
    setTimeout(done, ms);
  });
}

test.each([301, 302, 303, 307, 308])(
  "/redirect-%i leads to another origin, whose journal shows the followed requests",
  async (status) => {
    const reply = await at(`/redirect-${status}`, properties, { authorization });
    expect(reply.status).toBe(status);
    const target = String(reply.headers.location);
    expect(new URL(target).origin).not.toBe(sandbox.origin);
    expect(sandbox.journal({ instance: "/caught" })).toEqual([]);
    await ask(target);
    await ask(target, { authorization });
    expect(sandbox.journal({ instance: "/caught" })).toMatchObject([
      { scheme: "none", outcome: "none" },
      { scheme: "Bearer", outcome: "accepted", account: "jcitizen" },
    ]);
  },
);

test("/to-https leads to the good certificate, /loop to itself, /meta-refresh to the redirects' target", async () => {
  const [https, loop, meta] = [await at("/to-https"), await at("/loop"), await at("/meta-refresh")];
  expect(https.headers.location).toBe(sandbox.url("tls:good") + properties);
  expect(loop.headers.location).toBe(sandbox.url("/loop") + properties);
  expect([meta.status, meta.text]).toEqual([200, expect.stringMatching(/http-equiv="refresh".*\/caught"/)]);
});

test("/hang takes the request, sends nothing, and is recorded without a status", async () => {
  expect(await firstBytes("/hang", 150)).toEqual({ text: "", ended: false, code: null });
  expect(sandbox.journal()).toMatchObject([{ instance: "/hang", status: 0 }]);
});

test("/drip and /drip-headers begin and continue slowly", async () => {
  const [body, headers] = await Promise.all([firstBytes("/drip", 1_300), firstBytes("/drip-headers", 1_300)]);
  expect(body.text).toMatch(/\r\n\r\n\{?"?$/);
  expect(headers.text).toMatch(/^HTTP\/1\.1 200 OK\r\nX-Slow: a?a?$/);
});

test("/half-closed ends its side only, /reset resets at once, /cut in the middle", async () => {
  expect(await firstBytes("/half-closed", 300)).toMatchObject({ text: "", ended: true, code: null });
  expect(await firstBytes("/reset", 300)).toMatchObject({ text: "", code: "ECONNRESET" });
  expect(await firstBytes("/cut", 2_000)).toMatchObject({
    text: expect.stringMatching(/"displayName":"Bitbucket"\}$/),
    code: "ECONNRESET",
  });
});

test("/short and /long announce a wrong length", async () => {
  await expect(at("/short")).rejects.toThrow();
  const { text } = await firstBytes("/long", 2_000);
  expect(text).toMatch(/content-length: 12\r\n/i);
  expect(text).toMatch(/"displayName":"Bitbucket"\}$/);
});

test("/endless still sends after a megabyte", async () => {
  const url = new URL(sandbox.url("/endless") + properties);
  const size = await new Promise<number>((resolve, reject) => {
    let got = 0;
    const received = request(url, { agent: false }, (response) => {
      response.on("data", (chunk: Buffer) => {
        got += chunk.length;
        if (got < 1024 * 1024) return;
        received.destroy();
        resolve(got);
      });
    });
    received.once("error", reject);
    received.end();
  });
  expect(size).toBeGreaterThanOrEqual(1024 * 1024);
});

test("/bomb is unrequested gzip that unpacks to a thousand times its size", async () => {
  const reply = await at("/bomb", properties, { headers: { "accept-encoding": "identity" } });
  expect(reply.headers["content-encoding"]).toBe("gzip");
  expect(Number(reply.headers["content-length"] ?? reply.text.length)).toBeLessThan(100_000);
});

test("/deep nests deeper than the stack allows, but is valid JSON", async () => {
  const { text } = await at("/deep");
  expect(text).toContain("[".repeat(100_000) + "]".repeat(100_000));
});

test("/header-flood sends 30 KB of headers", async () => {
  const flooded = await new Promise<number>((resolve, reject) => {
    const received = request(
      sandbox.url("/header-flood") + properties,
      { agent: false, maxHeaderSize: 64 * 1024 },
      (response) => {
        response.resume();
        resolve(JSON.stringify(response.headers).length);
      },
    );
    received.once("error", reject);
    received.end();
  });
  expect(flooded).toBeGreaterThan(30_000);
});

test("/latin1, /empty and /odd are 200 and claim to be JSON", async () => {
  for (const instance of ["/latin1", "/empty", "/odd"]) {
    const reply = await at(instance);
    expect([reply.status, reply.headers["content-type"]]).toEqual([200, "application/json;charset=UTF-8"]);
  }
  expect((await at("/latin1")).text).toContain("\uFFFD");
  expect((await at("/empty")).text).toBe("");
});

test("/sso-later sends the first page of a list, then a sign-in page", async () => {
  const page = (start: number) =>
    at("/sso-later", `/rest/api/1.0/projects?limit=1&start=${start}`, { authorization });
  expect((await page(0)).json).toMatchObject({ isLastPage: false, values: [{}] });
  expect((await page(1)).headers["content-type"]).toMatch(/^text\/html/);
});

test("/cloud, /confluence and /jira-locked have the marks of their products", async () => {
  expect((await at("/cloud")).headers["www-authenticate"]).toBe('Basic realm="Bitbucket.org HTTP"');
  expect((await at("/confluence")).json).toMatchObject({ statusCode: 404 });
  const locked = await at("/jira-locked", properties, { authorization });
  expect([locked.status, locked.headers["x-seraph-loginreason"]]).toEqual([403, "AUTHENTICATION_DENIED"]);
});

test("/not-allowed recognises the caller and permits nothing", async () => {
  const open = await at("/not-allowed", properties, { authorization });
  const closed = await at("/not-allowed", "/rest/api/1.0/projects", { authorization });
  expect([open.status, closed.status]).toEqual([200, 401]);
  expect(closed.headers["x-ausername"]).toBe("jcitizen");
  expect(closed.text).toContain("AuthorisationException");
});

test("/hostile-names has hostile names, and a setting gives them to any other server", async () => {
  const users = "/rest/api/1.0/users/jcitizen";
  const named = { name: "jcitizen", displayName: hostileText };
  expect((await at("/hostile-names", users, { authorization })).json).toMatchObject(named);
  sandbox.set("/", { hostileNames: true });
  expect((await at("/", users, { authorization })).json).toMatchObject(named);
  expect(hostileText.length).toBeGreaterThan(10_000);
});

test("no fault writes a secret into the journal or the console", async () => {
  const { jane } = sandboxAccounts;
  for (const { path } of faultDescriptions) {
    for (const header of [authorization, basic(jane.name, jane.password)]) {
      const target = `${sandbox.url(path)}${properties}?token=${encodeURIComponent(sandboxKeys.janeWrite.value)}`;
      await glance(target, header);
    }
  }
  const kept = JSON.stringify(sandbox.journal());
  for (const secret of [sandboxKeys.janeWrite.value, jane.password]) {
    for (const form of [secret, encodeURIComponent(secret)]) expect(kept).not.toContain(form);
  }
  expect(sandbox.journal().length).toBe(2 * faultDescriptions.length);
});

/** Sends a request and closes it once the journal has it. */
async function glance(target: string, header: string): Promise<void> {
  const before = sandbox.journal().length;
  const received = request(target, { agent: false, headers: { authorization: header } }, (response) =>
    response.resume(),
  );
  received.on("error", () => undefined);
  received.end();
  while (sandbox.journal().length === before) await new Promise(setImmediate);
  received.destroy();
}
