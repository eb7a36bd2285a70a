import "server-only";
import { env } from "@/lib/env";
import { isFromOwnOrigin } from "@/lib/own-origin";
import { ownPath } from "./own-path";
import { usesSecureCookies } from "./session-cookie";

/** Holds the typed email for the page that comes after a refused sign-in; an address would show it, a cookie does not. */
export const typedEmailCookie = "latchkey.typed-email";

// Two fields, a token and an address: anything larger is no sign-in.
const bodyLimitBytes = 16 * 1024;

/** Refuses what no sign-in form sends, before the body is read: another origin and more than 16 KiB. */
export function refuseOddSignIn(request: Request): Response | null {
  if (!isFromOwnOrigin(request.headers, env().APP_ORIGIN)) return new Response(null, { status: 403 });
  const length = request.headers.get("content-length");
  if (length !== null && Number(length) <= bodyLimitBytes) return null;
  return new Response("This is too much for a sign-in.\n", { status: 413 });
}

/** Turns next-auth's refusal into our sign-in page with what was typed, the password excepted; passes everything else on. */
export function answerSignIn(answer: Response, form: FormData | null): Response {
  const location = answer.headers.get("location");
  const error = location ? new URL(location, env().APP_ORIGIN).searchParams.get("error") : null;
  if (!error || !form) return answer;
  const query = new URLSearchParams({ error });
  const callbackUrl = form.get("callbackUrl");
  if (typeof callbackUrl === "string") query.set("callbackUrl", ownPath(callbackUrl, env().APP_ORIGIN));
  const headers = new Headers({ Location: `/sign-in?${query}` });
  const email = form.get("email");
  if (typeof email === "string") headers.append("Set-Cookie", emailCookie(email.slice(0, 254)));
  return new Response(null, { status: 303, headers });
}

function emailCookie(email: string): string {
  const secure = usesSecureCookies() ? "; Secure" : "";
  return `${typedEmailCookie}=${encodeURIComponent(email)}; Path=/sign-in; Max-Age=120; HttpOnly; SameSite=Lax${secure}`;
}
