import "server-only";
import { createHmac, randomBytes } from "node:crypto";
import { Secret } from "@/lib/secret";

const prefix = "whsec_";

/** A new secret for signatures, as receivers' libraries take it (https://www.standardwebhooks.com). */
export function newWebhookSecret(): Secret {
  return Secret.of(`${prefix}${randomBytes(32).toString("base64")}`);
}

/** What a signature covers: the message's id, the second of the attempt, and the body. */
export type Signed = { readonly id: string; readonly timestamp: number; readonly body: string };

/** The headers that prove to a receiver who sent a body, and when. */
export function signatureHeaders(secret: Secret, { id, timestamp, body }: Signed): Record<string, string> {
  const signature = secret.use((text) =>
    createHmac("sha256", Buffer.from(text.slice(prefix.length), "base64"))
      .update(`${id}.${timestamp}.${body}`, "utf8")
      .digest("base64"),
  );
  return {
    "webhook-id": id,
    "webhook-timestamp": String(timestamp),
    "webhook-signature": `v1,${signature}`,
  };
}
