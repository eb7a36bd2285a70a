import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { watchEveryAnswer } from "./every-answer";
import { largestBodyBytes, tooLongText } from "./long-body";
import { headersOfEveryAnswer } from "./security-headers";

const expected = Object.entries(headersOfEveryAnswer({ https: true }));
beforeAll(() => watchEveryAnswer({ https: true }));

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.closeAllConnections();
});

/** A server that reads each body whole and answers with its length. */
async function serve(): Promise<{ port: number; read: number[]; failed: string[] }> {
  const seen: { read: number[]; failed: string[] } = { read: [], failed: [] };
  const server = createServer({ maxHeaderSize: 4096 }, async (request, response) => {
    let bytes = 0;
    try {
      for await (const chunk of request) bytes += chunk.length;
      seen.read.push(bytes);
      response.end(String(bytes));
    } catch (error) {
      seen.failed.push(String(error));
    }
  }).listen(0, "127.0.0.1");
  servers.push(server);
  await once(server, "listening");
  // listen() on a host and port has this kind of address.
  return { port: (server.address() as AddressInfo).port, ...seen };
}

/** Sends bytes as they are and gives back all that comes until the other side ends, or `ms` are over. */
async function exchange(port: number, parts: readonly (string | Buffer)[], ms = 3_000): Promise<string> {
  const socket = connect(port, "127.0.0.1");
  let answer = "";
  socket.on("data", (chunk) => {
    answer += chunk.toString();
  });
  // The other side may end while this one still sends.
  socket.on("error", () => undefined);
  const closed = once(socket, "close");
  for (const part of parts) {
    socket.write(part);
    await sleep(5);
  }
  await Promise.race([closed, sleep(ms)]);
  socket.destroy();
  return answer;
}

function expectHeaders(answer: string): void {
  for (const [name, value] of expected) expect(answer).toContain(`${name}: ${value}\r\n`);
}

const chunk = (bytes: number) => `${bytes.toString(16)}\r\n${"x".repeat(bytes)}\r\n`;
const chunked = "POST /form HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";

describe("every answer of the process's servers has the security headers", () => {
  it.each([
    ["a plain answer", "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", 200],
    ["what is no HTTP", "nonsense\r\n\r\n", 400],
    ["a request without Host", "GET / HTTP/1.1\r\n\r\n", 400],
    ["headers that are too long", `GET / HTTP/1.1\r\nHost: a\r\nX-Long: ${"x".repeat(8_000)}\r\n\r\n`, 431],
    ["two lengths", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n", 400],
    [
      "length and chunks",
      "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
      400,
    ],
    [
      "an expectation that is none",
      "GET / HTTP/1.1\r\nHost: a\r\nExpect: cake\r\nConnection: close\r\n\r\n",
      417,
    ],
  ])("%s", async (_what, request, status) => {
    const { port } = await serve();
    const answer = await exchange(port, [request]);
    expect(answer.split("\r\n")[0]).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expectHeaders(answer);
  });

  it("the very first connection of a server may be the one that cannot be parsed", async () => {
    const { port } = await serve();
    expectHeaders(await exchange(port, ["\x16\x03\x01\x00\xff"]));
  });

  it("an answer that has begun is not written into", async () => {
    const server = createServer((_request, response) => {
      response.writeHead(200, { "Content-Length": 100 });
      response.write("begun");
    }).listen(0, "127.0.0.1");
    servers.push(server);
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    const bad = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
    const socket = connect(port, "127.0.0.1").on("error", () => undefined);
    let answer = "";
    socket.on("data", (chunk) => {
      // Sent only once the answer has begun.
      if (answer === "") socket.write("nonsense\r\n");
      answer += chunk.toString();
    });
    const closed = once(socket, "close");
    socket.write(bad);
    await closed;
    expect(answer).toMatch(/begun$/);
  });
});

describe("a body without an announced length", () => {
  it("is passed on whole up to the limit", async () => {
    const { port, read } = await serve();
    const answer = await exchange(port, [chunked, chunk(largestBodyBytes), "0\r\n\r\n"], 500);
    expect(answer).toMatch(/^HTTP\/1.1 200 /);
    expect(read).toEqual([largestBodyBytes]);
  });

  it("without an end is refused with 413 while it streams, and its connection ends", async () => {
    const { port, read, failed } = await serve();
    const answer = await exchange(port, [chunked, ...Array(40).fill(chunk(16 * 1024))]);
    expect(answer).toMatch(/^HTTP\/1.1 413 /);
    expect(answer).toContain(tooLongText);
    expectHeaders(answer);
    await expect.poll(() => failed.length).toBe(1);
    expect(read).toEqual([]);
  });

  it("that announces more than the limit is refused on arrival if its length was not checked before", async () => {
    const { port, read } = await serve();
    const head = `POST / HTTP/1.1\r\nHost: a\r\nContent-Length: ${largestBodyBytes + 1}\r\n\r\n`;
    const answer = await exchange(port, [head, "x".repeat(largestBodyBytes + 1)]);
    expect(answer).toMatch(/^HTTP\/1.1 413 /);
    expect(read).toEqual([]);
  });
});

describe("the upload of a file", () => {
  const upload = chunked.replace("/form", "/uploads?a=b");

  it("may be longer than a form, and has an id that the client cannot choose", async () => {
    const { port, read } = await serve();
    const own = upload.replace("Host: a", "Host: a\r\nX-Latchkey-Request-Id: mine");
    const answer = await exchange(port, [own, chunk(largestBodyBytes), chunk(10), "0\r\n\r\n"], 500);
    expect(read).toEqual([largestBodyBytes + 10]);
    expect(answer).toMatch(/X-Request-Id: [0-9a-f-]{36}\r\n/);
    expectHeaders(answer);
  });

  it.each(["/uploads/x", "/uploadsx", "/x/uploads"])("is at no other address: %s", async (path) => {
    const { port } = await serve();
    const answer = await exchange(port, [chunked.replace("/form", path), chunk(largestBodyBytes), chunk(10)]);
    expect(answer).toContain(tooLongText);
  });
});
