import { plainPage } from "@/lib/http/fault-page";
import { busySeconds } from "./sign-in-line";

type Busy = {
  /** The URL of the sign-in form. */
  readonly backTo: string;
  /** True if that form keeps the typed email. */
  readonly isKept: boolean;
  /** From the response's content security policy. */
  readonly nonce: string;
};

/**
 * The page for a full sign-in queue: a message, when to retry, and the link back to the form. It is plain text, not
 * React: while the queue is full, every rendered page makes the wait longer.
 */
export function busyHtml({ backTo, isKept, nonce }: Busy): string {
  const href = backTo.replaceAll("&", "&amp;").replaceAll('"', "&quot;");
  const kept = isKept ? " Your email is still there." : "";
  const body = `<p>Too many people are signing in at once. Your password was not looked at.</p>
<p>Wait ${busySeconds} seconds, then <a href="${href}">go back to sign in</a>.${kept}</p>`;
  return plainPage({ title: "The portal is busy", body, nonce });
}

/** The response with that page, once next-auth has read the form: its email is kept. */
export function busyPage(backTo: string, nonce: string): Response {
  return new Response(busyHtml({ backTo, isKept: true, nonce }), {
    status: 503,
    headers: { "Content-Type": "text/html; charset=utf-8", "Retry-After": String(busySeconds) },
  });
}
