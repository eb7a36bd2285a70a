// The thread of the embedded database: PGlite runs here, so that its work holds up no page. JavaScript, because Node.js
// starts it as it is, from the build as well as from the sources. `embedded-stream.ts` is its other end.
import { openAsBlob } from "node:fs";
import { parentPort, workerData } from "node:worker_threads";
import { PGlite } from "@electric-sql/pglite";

// What a thread's messages keep of an error: the rest is lost on the way.
const failed = ({ name, message, code }) => ({ failed: { name, message, code } });

async function open({ path, template }) {
  const loadDataDir = template ? { loadDataDir: await openAsBlob(template) } : {};
  return PGlite.create({ ...(path ? { dataDir: path } : {}), ...loadDataDir });
}

/** Answers each message, bytes of PostgreSQL's protocol, with the answer's bytes; null asks it to close. */
function serve(database) {
  parentPort.on("message", async (asked) => {
    try {
      if (asked === null) {
        await database.close();
        parentPort.close();
        return;
      }
      const answer = await database.execProtocolRaw(asked);
      parentPort.postMessage(answer, [answer.buffer]);
    } catch (error) {
      parentPort.postMessage(failed(error));
    }
  });
}

try {
  serve(await open(workerData));
  parentPort.postMessage("opened");
} catch (error) {
  parentPort.postMessage(failed(error));
}
