import { plainPage } from "@/lib/fault-page";
import { busySeconds } from "./sign-in-line";

/**
 * The answer where the line for hashing was full: 503 with words, when to come again, and the way back to the form. One text,
 * because while it is needed every page that is rendered makes the wait longer. `nonce` is of the response's policy.
 */
export function busyPage(backTo: string, nonce: string): Response {
  const href = backTo.replaceAll("&", "&amp;").replaceAll('"', "&quot;");
  const body = `<p>Too many people are signing in at once. Your password was not looked at.</p>
<p>Wait ${busySeconds} seconds, then <a href="${href}">go back to sign in</a>. Your email is still there.</p>`;
  return new Response(plainPage({ title: "The portal is busy", body, nonce }), {
    status: 503,
    headers: { "Content-Type": "text/html; charset=utf-8", "Retry-After": String(busySeconds) },
  });
}
