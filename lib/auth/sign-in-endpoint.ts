import "server-only";
import { env } from "@/lib/env";
import { isFromOwnOrigin } from "@/lib/http/own-origin";
import { busyPage } from "./busy-page";
import { ownPath } from "./own-path";
import { signInSchema } from "./schema";
import { usesSecureCookies } from "./session-cookie";
import { type SignInError, signInErrorOf, signInErrors } from "./sign-in-errors";

/** Keeps the typed email for the page after a refused sign-in; a cookie does not show it, a URL would. */
export const typedEmailCookie = "latchkey.typed-email";

// Two fields, a token and a URL: a larger body is no sign-in.
const bodyLimitBytes = 16 * 1024;

// The portal uses only these next-auth endpoints. Its sign-out, for example, would leave the session active.
const open = new Set(["GET signin", "GET error", "POST callback/credentials"]);

/** True if next-auth may answer this request; all its other endpoints are as if they did not exist. */
export function isOpenEndpoint(method: string, segments: readonly string[]): boolean {
  return open.has(`${method} ${segments.join("/")}`);
}

/** Refuses requests that no sign-in form sends, before the body is read: another origin, or more than 16 KiB. */
export function refuseOddSignIn(request: Request): Response | null {
  if (!isFromOwnOrigin(request.headers, env().APP_ORIGIN)) return new Response(null, { status: 403 });
  const length = request.headers.get("content-length");
  if (length !== null && Number(length) <= bodyLimitBytes) return null;
  return new Response("This is too much for a sign-in.\n", { status: 413 });
}

/**
 * Turns next-auth's refusal into the portal's sign-in page with the typed values except the password, and a full
 * queue into 503; passes everything else on. `nonce` comes from the response's content security policy.
 */
export function answerSignIn(answer: Response, form: FormData | null, nonce = ""): Response {
  const error = refusalIn(answer.headers.get("location"));
  if (!error || !form) return answer;
  const callbackUrl = form.get("callbackUrl");
  const returnTo = ownPath(typeof callbackUrl === "string" ? callbackUrl : undefined, env().APP_ORIGIN);
  const page = `/sign-in?${new URLSearchParams({ error, callbackUrl: returnTo })}`;
  const refusal =
    error === signInErrors.busy
      ? busyPage(page, nonce)
      : new Response(null, { status: 303, headers: { Location: page } });
  // An invalid email is not kept, and might not fit into a header.
  const email = signInSchema.shape.email.safeParse(form.get("email"));
  if (email.success) refusal.headers.append("Set-Cookie", emailCookie(email.data));
  return refusal;
}

function refusalIn(location: string | null): SignInError | null {
  if (location === null) return null;
  const query = new URL(location, env().APP_ORIGIN).searchParams;
  // next-auth's way of saying that its token and its cookie do not match.
  return query.get("csrf") === "true" ? signInErrors.stale : signInErrorOf(query.get("error"));
}

function emailCookie(email: string): string {
  const secure = usesSecureCookies() ? "; Secure" : "";
  return `${typedEmailCookie}=${encodeURIComponent(email)}; Path=/sign-in; Max-Age=120; HttpOnly; SameSite=Lax${secure}`;
}
