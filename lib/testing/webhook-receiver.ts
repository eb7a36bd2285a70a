import { createHmac, timingSafeEqual } from "node:crypto";
import { once } from "node:events";
import type { IncomingHttpHeaders } from "node:http";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { makeCertificate } from "./certificates";

export type Posted = { readonly headers: IncomingHttpHeaders; readonly body: string };

/** A real HTTPS receiver on this machine, which stores what is posted to it. */
export type WebhookReceiver = {
  readonly address: string;
  /** The authority that its certificate comes from, as PEM. */
  readonly authority: string;
  readonly posted: Posted[];
  /** How it answers. */
  status: number;
  /** What happens between what is posted and the answer to it. */
  beforeAnswer: () => Promise<unknown>;
  readonly close: () => Promise<void>;
};

/** Starts a receiver. Redirects, if it is told to, lead back to itself. */
export async function startWebhookReceiver(): Promise<WebhookReceiver> {
  const issuer = await makeCertificate({ name: "Test authority", isAuthority: true });
  const { cert, key } = await makeCertificate({ name: "receiver", hosts: ["127.0.0.1"], issuer });
  const posted: Posted[] = [];
  const server = createServer({ cert, key }, async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    posted.push({ headers: request.headers, body: Buffer.concat(chunks).toString("utf8") });
    await receiver.beforeAnswer();
    response.writeHead(receiver.status, { location: "/elsewhere" }).end();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  // A listening TCP server's address has this shape; only pipes have a string.
  const { port } = server.address() as AddressInfo;
  const receiver: WebhookReceiver = {
    ...{ address: `https://127.0.0.1:${port}/hook?token=1`, authority: issuer.cert, posted, status: 204 },
    beforeAnswer: async () => undefined,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
  return receiver;
}

/** True if what was posted is signed with `secret`, as a receiver checks it (https://www.standardwebhooks.com). */
export function isSignedWith(secret: string, { headers, body }: Posted): boolean {
  const [id, timestamp] = [headers["webhook-id"], Number(headers["webhook-timestamp"])];
  if (Math.abs(Date.now() / 1000 - timestamp) > 300) return false;
  const key = Buffer.from(secret.replace("whsec_", ""), "base64");
  const expected = createHmac("sha256", key).update(`${id}.${timestamp}.${body}`).digest();
  const [version, signature = ""] = String(headers["webhook-signature"]).split(",");
  const given = Buffer.from(signature, "base64");
  return version === "v1" && given.length === expected.length && timingSafeEqual(given, expected);
}
