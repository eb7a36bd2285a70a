import { json } from "./answer";
import type { FrontProxy } from "./instance";

/** Echoes the presented secret in every name, like a server that wants the portal to show it. */
export const echoesSecret: FrontProxy = ({ path, headers }) => {
  const secret = secretIn(headers.authorization);
  if (secret === null) return "pass";
  const named = { "X-AUSERNAME": encodeURIComponent(secret) };
  if (path.endsWith("/application-properties")) {
    return json(
      200,
      { version: "9.4.3", buildNumber: "9004003", displayName: `Bitbucket of ${secret}` },
      named,
    );
  }
  if (!path.endsWith("/users")) return "pass";
  const user = { name: secret, displayName: `Dr ${secret}`, slug: secret, active: true, type: "NORMAL" };
  return json(200, { values: [user], isLastPage: true }, named);
};

/** The password or key of an Authorization header; null without one. */
function secretIn(authorization: string | undefined): string | null {
  const [scheme = "", token = ""] = (authorization ?? "").split(" ");
  if (token === "") return null;
  if (scheme.toLowerCase() !== "basic") return token;
  const pair = Buffer.from(token, "base64").toString();
  return pair.slice(pair.indexOf(":") + 1);
}
