// Loaded into a portal before it starts (`node --import`): prints a trace with a line for each database statement, each
// use of a key, each outgoing connection, and the begin and end of each request.
import crypto from "node:crypto";
import { subscribe } from "node:diagnostics_channel";
import { createRequire, syncBuiltinESMExports } from "node:module";

const require = createRequire(import.meta.url);

function tell(trace) {
  process.stdout.write(`trace ${JSON.stringify(trace)}\n`);
}

function watch(target, name, wordsFor) {
  const original = target[name];
  target[name] = function watched(...given) {
    tell(wordsFor(given[0]));
    return original.apply(this, given);
  };
}

const textOf = (query) => (typeof query === "string" ? query : query?.text);

watch(require("pg").Client.prototype, "query", textOf);
for (const name of ["createCipheriv", "createDecipheriv", "createHmac"]) {
  watch(crypto, name, () => `crypto ${name}`);
}
syncBuiltinESMExports();

// Next connects to itself for the page after an action's redirect.
const isElsewhere = ({ remotePort }) => String(remotePort) !== process.env.PORT;
subscribe("net.client.socket", ({ socket }) => {
  const tellWhither = () => isElsewhere(socket) && tell("network");
  socket.once("connect", tellWhither).once("error", tellWhither);
});
subscribe("http.server.request.start", () => tell("begun"));
subscribe("http.server.response.finish", () => tell("finished"));
