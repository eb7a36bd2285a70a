import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { serveParent } from "./source-process";

let most = 0;
let writes = 0;
let now = 0;
let delayMs = 50;

// Takes every write after the delay, as Bitbucket answers it, and keeps nothing.
const server = createServer((request, response) => {
  now += 1;
  most = Math.max(most, now);
  writes += 1;
  const isComment = request.url?.endsWith("/comments") === true;
  const body = isComment ? JSON.stringify({ id: writes, version: 0, text: "Text" }) : "";
  request.resume();
  request.on("end", () =>
    setTimeout(() => {
      now -= 1;
      const type = isComment ? { "content-type": "application/json;charset=UTF-8" } : {};
      response.writeHead(isComment ? 201 : 204, { "x-ausername": "jcitizen", ...type });
      response.end(body);
    }, delayMs),
  );
});

server.listen(0, "127.0.0.1", () => {
  // Listening on a port, so the address is an object.
  const { port } = server.address() as AddressInfo;
  serveParent({
    origin: async () => `http://localhost:${port}`,
    delay: async (ms: number) => {
      delayMs = ms;
    },
    /** The writes since the last time, and how many were under way at once. */
    counters: async () => {
      const counted = { writes, most };
      writes = 0;
      most = now;
      return counted;
    },
  });
});
