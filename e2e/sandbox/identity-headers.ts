import { randomBytes } from "node:crypto";
import type { Instance } from "./instance";
import { SESSION_COOKIE, type SignIn } from "./sign-in";

const TWO_WEEKS_SECONDS = 1_209_600;
let requests = 0;

/**
 * The headers that name the signed-in account: on every authenticated response, errors included, and on no other. Every
 * response has a request id.
 */
export function identityHeaders(instance: Instance, signIn: SignIn): Record<string, string> {
  requests += 1;
  const headers: Record<string, string> = {
    "X-AREQUESTID": `@${randomBytes(3).toString("hex").toUpperCase()}x${requests}x0`,
    "Cache-Control": "private, no-cache",
    Vary: "X-AUSERNAME,X-AUSERID,Cookie",
  };
  const { outcome, account, key, bySession } = signIn;
  if (outcome !== "accepted" || account === null) return headers;
  // URL-encoded, because a name may be an email address (eclipse-che/che-server pull request 790).
  headers["X-AUSERNAME"] = encodeURIComponent(account.name);
  headers["X-AUSERID"] = String(account.id);
  headers["X-ASESSIONID"] = randomBytes(4).toString("hex");
  if (!bySession) {
    const session = instance.openSession({ account, key });
    const path = instance.path === "/" ? "/" : instance.path;
    headers["Set-Cookie"] =
      `${SESSION_COOKIE}=${session}; Max-Age=${TWO_WEEKS_SECONDS}; Path=${path}; HttpOnly; SameSite=Lax`;
  }
  return headers;
}
