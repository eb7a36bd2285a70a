import { type ApiKey, allKeys } from "./accounts";
import { type Answer, json } from "./answer";
import { type Call, forSignedIn, param } from "./call";
import { noSuchResource, noSuchUser, notPermitted } from "./errors";
import { usersBySlug, userView } from "./views";

const DAY_MS = 24 * 60 * 60 * 1000;
/** Dates count back from today, so that a key that is to end soon always does. */
const today = Math.floor(Date.now() / DAY_MS) * DAY_MS;

/**
 * GET access-tokens/users/{slug}/{tokenId}: for that user alone. A key may not manage keys, so most servers require the
 * password (https://confluence.atlassian.com/display/BITBUCKETSERVER085/HTTP+access+tokens).
 */
export function getAccessToken(call: Call): Answer {
  return forSignedIn(call, (caller) => {
    const account = usersBySlug(param(call, "user"));
    if (!account) return noSuchUser(param(call, "user"));
    const isOwn = caller.account === account;
    if (!isOwn || (caller.key !== null && !call.instance.settings.tellsKeysOfThemselves))
      return notPermitted();
    const id = param(call, "token");
    const key = allKeys.find((one) => one.id === id && one.account === account && one.state !== "revoked");
    return key ? json(200, accessTokenView(call, key)) : noSuchResource();
  });
}

function accessTokenView(call: Call, key: ApiKey) {
  return {
    id: key.id,
    createdDate: today - key.ageDays * DAY_MS,
    name: key.name,
    permissions: [`PROJECT_${key.level}`, `REPO_${key.level}`],
    user: userView(call.instance, key.account),
    ...(key.expiryDays === null ? {} : { expiryDays: key.expiryDays }),
  };
}
