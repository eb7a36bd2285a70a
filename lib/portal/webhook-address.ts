import "server-only";
import { type EgressPolicy, type EgressRefusal, judgeUrl } from "@/lib/egress/policy";
import { parseUrl } from "@/lib/text/parse-url";

/** An address that messages are posted to, parsed once. */
export type WebhookAddress = {
  readonly href: string;
  readonly origin: string;
  /** Host name, with the port unless it is the default; for logs, because a path often holds a token. */
  readonly host: string;
};

type ReadAddress =
  | { readonly ok: true; readonly address: WebhookAddress }
  | { readonly ok: false; readonly message: string };

const mostCharacters = 2_048;

/** Reads an address as a user typed it, under the policy for calls out; or says why it cannot be one. */
export function readWebhookAddress(text: string, policy: EgressPolicy): ReadAddress {
  const url = parseUrl(text.trim());
  // Without "//", a host name and a port would be read as a scheme and a path.
  if (!url || text.length > mostCharacters || !/^[a-z][a-z0-9+.-]*:\/\//i.test(text.trim())) {
    return { ok: false, message: "Enter a whole address, such as https://hooks.example.com/latchkey." };
  }
  const judged = judgeUrl(policy, url);
  if (!judged.ok) return { ok: false, message: refusals[judged.refusal] };
  // A fragment is never sent.
  url.hash = "";
  return { ok: true, address: addressOf(url) };
}

/** Parses an address that `readWebhookAddress` returned and a row has stored; null if it was edited into an invalid one. */
export function storedWebhookAddress(href: string): WebhookAddress | null {
  const url = parseUrl(href);
  return url && addressOf(url);
}

function addressOf({ href, origin, host }: URL): WebhookAddress {
  return { href, origin, host };
}

const refusals: Record<EgressRefusal, string> = {
  scheme: "Messages are sent encrypted only. Enter an address that begins with https://.",
  userinfo: "Leave user name and password out of the address. Each message is signed.",
  "forbidden-port": "The portal does not call this port. Use one for web servers, such as 443.",
  "forbidden-address": "The portal does not call this address. Use another server.",
  "not-allow-listed":
    "The portal calls listed servers only. Ask its operator to add this one to EGRESS_ALLOW.",
};
