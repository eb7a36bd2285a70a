import { Client } from "undici";
import { callFor, type Written } from "./deliveries-kinds";
import { serveParent } from "./source-process";

/** How a bare loop writes. */
export type BareWriting = { readonly origin: string; readonly written: Written; readonly count: number };

export type BareWritten = { readonly seconds: number };

/** Two connections, each with one call after the other; reads each answer and stores nothing. */
async function write({ origin, written, count }: BareWriting): Promise<BareWritten> {
  let next = 0;
  const from = performance.now();
  const lane = async () => {
    const client = new Client(origin);
    while (next < count) {
      const { path, body } = callFor(written, next);
      next += 1;
      const headers = { "content-type": "application/json", "x-atlassian-token": "no-check" };
      const answer = await client.request({ method: "POST", path, body, headers });
      if (answer.statusCode >= 300) throw new Error(`answered ${answer.statusCode}`);
      await answer.body.text();
    }
    await client.close();
  };
  await Promise.all([lane(), lane()]);
  return { seconds: (performance.now() - from) / 1000 };
}

serveParent({ write });
