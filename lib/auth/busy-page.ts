import { plainPage } from "@/lib/http/fault-page";
import { busySeconds } from "./sign-in-line";

type Busy = {
  /** The sign-in form's address. */
  readonly backTo: string;
  /** The form there comes with the email that was typed. */
  readonly isKept: boolean;
  /** Of the response's content security policy. */
  readonly nonce: string;
};

/**
 * The page where the line of sign-ins was full: words, when to come again, and the way back to the form. One text, because
 * while it is needed every page that is rendered makes the wait longer.
 */
export function busyHtml({ backTo, isKept, nonce }: Busy): string {
  const href = backTo.replaceAll("&", "&amp;").replaceAll('"', "&quot;");
  const kept = isKept ? " Your email is still there." : "";
  const body = `<p>Too many people are signing in at once. Your password was not looked at.</p>
<p>Wait ${busySeconds} seconds, then <a href="${href}">go back to sign in</a>.${kept}</p>`;
  return plainPage({ title: "The portal is busy", body, nonce });
}

/** The answer of that page, where next-auth has read the form: its email is kept. */
export function busyPage(backTo: string, nonce: string): Response {
  return new Response(busyHtml({ backTo, isKept: true, nonce }), {
    status: 503,
    headers: { "Content-Type": "text/html; charset=utf-8", "Retry-After": String(busySeconds) },
  });
}
