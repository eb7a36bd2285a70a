import { type Account, type ApiKey, allAccounts, allKeys } from "./accounts";
import { type Authorization, readAuthorization } from "./authorization";
import type { Instance } from "./instance";
import type { SandboxRequest } from "./request";
import { limitsKeysToRest } from "./versions";

/** A signed-in account, and its key if it did not use the password. */
export interface Caller {
  account: Account;
  key: ApiKey | null;
}

export type SignInOutcome = "none" | "accepted" | "refused" | "locked" | "basic-off" | "ignored";

/** The result of a sign-in; `account` and `key` name its subject even if it was refused. */
export interface SignIn {
  scheme: Authorization["scheme"];
  outcome: SignInOutcome;
  account: Account | null;
  key: ApiKey | null;
  /** Signed in by the cookie of an earlier response, whatever the header says. */
  bySession: boolean;
}

export const SESSION_COOKIE = "BITBUCKETSESSIONID";

/** A request whose Authorization header is ignored. */
export function unjudged(request: SandboxRequest): SignIn {
  const { scheme } = readAuthorization(request.headers.authorization);
  return judged(scheme, scheme === "none" ? "none" : "ignored");
}

/** Checks a request's credential, and counts a refused Basic sign-in against the named account. */
export function signIn(request: SandboxRequest): SignIn {
  const { instance } = request;
  const presented = readAuthorization(request.headers.authorization);
  const session = callerOfCookie(instance, request.headers.cookie);
  if (session)
    return { ...judged(presented.scheme, "accepted", session.account, session.key), bySession: true };
  if (instance.settings.stripsAuthorization) return unjudged(request);
  switch (presented.scheme) {
    case "none":
    case "other":
      return unjudged(request);
    case "Basic":
      return signInBasic(request, presented.user, presented.secret);
    case "Bearer":
      return signInBearer(request, presented.secret);
  }
}

function signInBasic(request: SandboxRequest, user: string, secret: string): SignIn {
  const { instance } = request;
  // The filter runs before the sign-in and looks at neither name nor secret.
  // Git is filtered too: https://support.atlassian.com/bitbucket-data-center/kb/git-push-returns-error-code-403-in-bitbucket-server-data-center/
  if (isKeyPath(request.path) && !instance.settings.basicAuth) return judged("Basic", "basic-off");

  const account = allAccounts.find((one) => one.name.toLowerCase() === user.toLowerCase()) ?? null;
  if (account === null) return judged("Basic", "refused");
  const key = keyOfUser(request, account, secret);
  if (instance.isLocked(account.name)) return judged("Basic", "locked", account, key);

  const accepted = account.active && (isPassword(account, secret) || (key !== null && countsHere(request)));
  if (!accepted) {
    instance.countFailure(account.name);
    return judged("Basic", "refused", account, key);
  }
  // No source says so, but otherwise five typing errors over months would lock: only consecutive failures count.
  instance.clearFailures(account.name);
  return judged("Basic", "accepted", account, key);
}

function signInBearer(request: SandboxRequest, secret: string): SignIn {
  if (!countsHere(request)) return judged("Bearer", "ignored");
  const key = allKeys.find((one) => one.value === secret) ?? null;
  const accepted =
    key !== null &&
    key.state === "live" &&
    key.account.active &&
    request.instance.disturbances.acceptsKey(key.name);
  // A bad key names no account whose failures could be counted, so no account is locked this way.
  return judged("Bearer", accepted ? "accepted" : "refused", key?.account, key);
}

/**
 * Project and repository keys never work in Basic:
 * https://confluence.atlassian.com/display/BITBUCKETSERVER085/HTTP+access+tokens
 */
function keyOfUser({ instance }: SandboxRequest, account: Account, secret: string): ApiKey | null {
  const key = allKeys.find((one) => one.value === secret && one.account === account);
  if (key?.state !== "live" || key.scope.kind !== "user") return null;
  return instance.disturbances.acceptsKey(key.name) ? key : null;
}

function isPassword(account: Account, secret: string): boolean {
  return account.password !== "" && account.password === secret;
}

function countsHere(request: SandboxRequest): boolean {
  return !limitsKeysToRest(request.instance.settings.version) || isKeyPath(request.path);
}

/** The paths for programs; all others are for browsers. */
function isKeyPath(path: string): boolean {
  return isBelow(path, "/rest") || isBelow(path, "/scm");
}

function isBelow(path: string, root: string): boolean {
  return path === root || path.startsWith(`${root}/`);
}

function callerOfCookie(instance: Instance, header: string | undefined): Caller | undefined {
  const pairs = (header ?? "").split(";").map((pair) => pair.trim());
  const id = pairs.find((pair) => pair.startsWith(`${SESSION_COOKIE}=`))?.slice(SESSION_COOKIE.length + 1);
  return id === undefined ? undefined : instance.callerOfSession(id);
}

function judged(
  scheme: Authorization["scheme"],
  outcome: SignInOutcome,
  account: Account | null = null,
  key: ApiKey | null = null,
): SignIn {
  return { scheme, outcome, account, key, bySession: false };
}
