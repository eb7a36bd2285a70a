import { type ApiKey, allKeys } from "./accounts";
import { forAdministeredProject } from "./administration-endpoints";
import { type Answer, json } from "./answer";
import { type Call, forRepository, forSignedIn, param } from "./call";
import { noSuchResource, noSuchUser, notPermitted } from "./errors";
import { pageFor } from "./paging";
import type { Caller } from "./sign-in";
import { userView } from "./views";

const DAY_MS = 24 * 60 * 60 * 1000;
/** Dates count back from today, so that a key that is to end soon always does. */
const today = Math.floor(Date.now() / DAY_MS) * DAY_MS;

/**
 * GET access-tokens/users/{slug}/{tokenId}: for that user alone. A key may not manage keys, so most servers require the
 * password (https://confluence.atlassian.com/display/BITBUCKETSERVER085/HTTP+access+tokens).
 */
export function getAccessToken(call: Call): Answer {
  return forSignedIn(call, (caller) => {
    const account = call.instance.world.personBySlug(param(call, "user"));
    if (!account) return noSuchUser(param(call, "user"));
    const isOwn = caller.account === account;
    if (!isOwn || (caller.key !== null && !call.instance.settings.tellsKeysOfThemselves))
      return notPermitted();
    const id = param(call, "token");
    const key = allKeys.find((one) => one.id === id && one.account === account && one.state !== "revoked");
    return key ? json(200, accessTokenView(call, key)) : noSuchResource();
  });
}

/** GET access-tokens/users/{slug}: for that user alone, and not with a key. */
export function listAccessTokensOfUser(call: Call): Answer {
  return forPassword(call, (caller) => {
    const account = call.instance.world.personBySlug(param(call, "user"));
    if (!account) return noSuchUser(param(call, "user"));
    if (caller.account !== account) return notPermitted();
    return tokensPage(call, (key) => key.account === account && key.scope.kind === "user");
  });
}

/** GET access-tokens/projects/{key}: for its administrators, and not with a key. */
export function listAccessTokensOfProject(call: Call): Answer {
  return forPassword(call, () =>
    forAdministeredProject(call, ({ keyScope }) =>
      tokensPage(call, ({ scope }) => scope.kind === "project" && scope.project === keyScope.project),
    ),
  );
}

/** GET access-tokens/projects/{key}/repos/{slug}: for its administrators, and not with a key. */
export function listAccessTokensOfRepository(call: Call): Answer {
  return forPassword(call, () =>
    forRepository(call, "ADMIN", ({ keyScope }) =>
      tokensPage(
        call,
        ({ scope }) =>
          scope.kind === "repository" &&
          scope.project === keyScope.project &&
          scope.repository === keyScope.repository,
      ),
    ),
  );
}

function forPassword(call: Call, answer: (caller: Caller) => Answer): Answer {
  return forSignedIn(call, (caller) => (caller.key === null ? answer(caller) : notPermitted()));
}

function tokensPage(call: Call, isWanted: (key: ApiKey) => boolean): Answer {
  return pageFor(call, {
    rows: allKeys.filter((key) => key.state !== "revoked" && isWanted(key)),
    view: (key) => accessTokenView(call, key),
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
