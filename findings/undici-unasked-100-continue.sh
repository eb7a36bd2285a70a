#!/usr/bin/env bash
# What one would guess: an HTTP client passes over interim answers (1xx) that it did not ask for and gives the final one,
#   as RFC 9110, section 15.2, demands ("A client MUST be able to parse one or more 1xx responses received prior to a
#   final response, even if the client does not expect one"). Some proxies in front of Bitbucket send "100 Continue" to
#   every request, a GET without a body included.
# What is so: undici 7.30.2 passes over "103 Early Hints", but ends the connection at an unasked "100 Continue" with a
#   SocketError ("bad response"); `fetch` of the same package fails alike. Node's own `http` client gives the 200.
# Source: found while the portal's calls out were tested against servers with interim answers; run on Node.js 20.20.2.
# Exits 0 while this is so, and 1 when it has changed.
set -euo pipefail
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund undici@7.30.2
cat >run.mjs <<'JS'
import http from "node:http";
import net from "node:net";
import { fetch, request } from "undici";

const final = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok";
const interim = {
  "/100": "HTTP/1.1 100 Continue\r\n\r\n",
  "/103": "HTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\n\r\n",
};
const server = net.createServer((socket) => {
  socket.on("error", () => {});
  socket.once("data", (data) => socket.end(interim[data.toString().split(" ")[1]] + final));
});
await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
const base = `http://127.0.0.1:${server.address().port}`;

const outcome = (promise) => promise.then((status) => String(status), (error) => (error.cause ?? error).name);
const byNode = (url) =>
  new Promise((resolve, reject) => {
    http.get(url, (answer) => resolve(answer.resume().statusCode)).on("error", reject);
  });
const found = {
  node100: await outcome(byNode(`${base}/100`)),
  node103: await outcome(byNode(`${base}/103`)),
  undici100: await outcome(request(`${base}/100`).then(({ statusCode }) => statusCode)),
  undici103: await outcome(request(`${base}/103`).then(({ statusCode }) => statusCode)),
  fetch100: await outcome(fetch(`${base}/100`).then(({ status }) => status)),
};
server.close();
console.log(found);
const asFound =
  found.node100 === "200" && found.node103 === "200" && found.undici103 === "200" &&
  found.undici100 !== "200" && found.fetch100 !== "200";
console.log(asFound ? "As found." : "This has changed.");
process.exit(asFound ? 0 : 1);
JS
timeout 60 node run.mjs
