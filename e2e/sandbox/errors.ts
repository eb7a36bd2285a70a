import { type Answer, json, page, text } from "./answer";
import { isAtLeast } from "./versions";

/**
 * Makes a browser ask for a user name and password; git clients key on this realm (jenkinsci/stashnotifier-plugin issue
 * 263).
 */
const BASIC_REALM = { "WWW-Authenticate": 'Basic realm="Atlassian Bitbucket"' };

export interface ErrorEntry {
  context: string | null;
  message: string;
  exceptionName: string | null;
}

/** The error envelope, with one entry per error. */
export function errorEnvelope(status: number, errors: readonly ErrorEntry[], headers = {}): Answer {
  return json(status, { errors }, headers);
}

function single(status: number, message: string, exceptionName: string | null, headers = {}): Answer {
  const className = exceptionName === null ? null : `com.atlassian.bitbucket.${exceptionName}`;
  return errorEnvelope(status, [{ context: null, message, exceptionName: className }], headers);
}

/** A refused secret; the same for mistyped, expired and revoked ones. */
export function signInRefused(scheme: "Basic" | "Bearer"): Answer {
  return single(
    401,
    "Authentication failed. Please check your credentials and try again.",
    "auth.IncorrectPasswordAuthenticationException",
    scheme === "Basic" ? BASIC_REALM : {},
  );
}

/** Git without a sign-in: the challenge makes git ask for a user name and password, and send them. */
export function gitSignInWanted(): Answer {
  return text(401, "You must sign in to access this repository.\n", BASIC_REALM);
}

/** An account that requires a CAPTCHA, whatever the password. */
export function captchaRequired(baseUrl: string, status: 401 | 403): Answer {
  const message =
    "CAPTCHA required. Your Bitbucket account has been locked. " +
    `Sign in with a browser and solve the CAPTCHA to unlock it: ${baseUrl}`;
  return single(status, message, "auth.CaptchaRequiredAuthenticationException", BASIC_REALM);
}

/** Basic switched off: the response comes from a filter before the REST API, so not in the usual envelope. */
export function basicDisabled(): Answer {
  return json(403, { message: "Basic Authentication has been disabled on this instance." });
}

/** A changing request that another site could have tricked a browser into. */
export function xsrfFailed(): Answer {
  return single(403, "XSRF check failed", null);
}

/** Bitbucket answers 401, not 403, to a signed-in caller without the right; only X-AUSERNAME tells the two apart. */
export function notPermitted(): Answer {
  return single(401, "You are not permitted to access this resource", "AuthorisationException");
}

export function noSuchProject(key: string): Answer {
  return single(404, `Project ${key} does not exist.`, "project.NoSuchProjectException");
}

export function noSuchRepository(key: string, slug: string): Answer {
  return single(404, `Repository ${key}/${slug} does not exist.`, "repository.NoSuchRepositoryException");
}

export function noSuchCommit(id: string, slug: string): Answer {
  return single(
    404,
    `Commit '${id}' does not exist in repository '${slug}'.`,
    "commit.NoSuchCommitException",
  );
}

export function noSuchPath(path: string, ref: string): Answer {
  return single(404, `The path "${path}" does not exist at revision "${ref}"`, "content.NoSuchPathException");
}

export function noSuchBranch(name: string, slug: string): Answer {
  return single(
    404,
    `Branch '${name}' does not exist in repository '${slug}'.`,
    "branch.NoSuchBranchException",
  );
}

export function noSuchPullRequest(id: string, key: string, slug: string): Answer {
  return single(
    404,
    `Pull request ${id} does not exist in ${key}/${slug}.`,
    "pull.NoSuchPullRequestException",
  );
}

/** The pull request has changed since the caller read it; `pullRequest` is as it is now. */
export function pullRequestOutOfDate(current: number, expected: number, pullRequest: unknown): Answer {
  return conflict(
    "You are attempting to modify a pull request based on out-of-date information.",
    "pull.PullRequestOutOfDateException",
    { currentVersion: current, expectedVersion: expected, pullRequest },
  );
}

/** A refusal because of what stands there; `more` are the exception's own fields. */
export function conflict(
  message: string,
  exceptionName: string | null,
  more: Readonly<Record<string, unknown>> = {},
): Answer {
  const className = exceptionName === null ? null : `com.atlassian.bitbucket.${exceptionName}`;
  return json(409, { errors: [{ context: null, message, exceptionName: className, ...more }] });
}

/** A credential without the right kind of account, or a change that policy forbids. */
export function forbidden(message: string): Answer {
  return single(403, message, "ForbiddenException");
}

export function noSuchWebhook(id: string): Answer {
  return single(404, `Webhook ${id} does not exist.`, "webhook.NoSuchWebhookException");
}

export function noSuchDeployment(key: string): Answer {
  return single(404, `No deployment with key ${key} was found.`, "deployment.NoSuchDeploymentException");
}

/** A bug of the server. */
export function serverFailed(): Answer {
  return single(500, "An error occurred while processing the request.", null);
}

export function noSuchLabel(name: string): Answer {
  return single(404, `Label ${name} does not exist.`, "label.NoSuchLabelException");
}

export function noSuchGroup(name: string): Answer {
  return single(404, `Group ${name} does not exist.`, "user.NoSuchGroupException");
}

export function noSuchTag(name: string, slug: string): Answer {
  return single(
    404,
    `Tag '${name}' does not exist in repository '${slug}'.`,
    "repository.NoSuchTagException",
  );
}

export function noSuchComment(id: string): Answer {
  return single(404, `Comment ${id} does not exist.`, "comment.NoSuchCommentException");
}

export function commentOutOfDate(current: number, expected: number): Answer {
  const message = `The comment has version ${current}, not ${expected}: it has been changed since.`;
  return single(409, message, "comment.CommentOutOfDateException");
}

export function commentHasReplies(id: number): Answer {
  const message = `Comment ${id} has replies and cannot be deleted.`;
  return single(409, message, "comment.CommentDeletionException");
}

export function noSuchUser(slug: string): Answer {
  return single(404, `User ${slug} does not exist.`, "user.NoSuchUserException");
}

export function noDefaultBranch(): Answer {
  return single(404, "No default branch is defined", "repository.NoDefaultBranchException");
}

/** The settings name a default branch that is not there (renovatebot/renovate's words for the same). */
export function defaultBranchMissing(name: string): Answer {
  const message = `refs/heads/${name} is set as the default branch, but this branch does not exist`;
  return single(404, message, "repository.NoDefaultBranchException");
}

export function noSuchBuildStatus(key: string): Answer {
  return single(404, `No build status with key ${key} was found.`, null);
}

export function noSuchReport(key: string): Answer {
  return single(404, `No report with key ${key} was found.`, "codeinsights.NoSuchReportException");
}

export function repositoryArchived(key: string, slug: string): Answer {
  return single(409, `Repository ${key}/${slug} is archived and cannot be changed.`, null);
}

/** A route that this version lacks: no list of errors; XML before 10.3, then JSON (measured at 10.2.1 and 10.4.2). */
export function noSuchRoute(version: string): Answer {
  if (isAtLeast(version, "10.3.0")) {
    return json(404, { message: "HTTP 404 Not Found", "status-code": 404, "sub-code": -1 });
  }
  const body =
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?><status><status-code>404</status-code><message>HTTP 404 Not Found</message></status>';
  return { status: 404, headers: { "Content-Type": "application/xml" }, body };
}

/** Nobody is signed in, where public access is off (10.4.2's words). */
export function signInRequired(): Answer {
  const exceptionName = "com.atlassian.plugins.rest.api.security.exception.AuthenticationRequiredException";
  const message = "You are not permitted to access this resource";
  return errorEnvelope(401, [{ context: null, message, exceptionName }]);
}

/** Too many requests of the account; the body is a page, not JSON. */
export function rateLimited(seconds: number): Answer {
  const words = "<h1>Too many requests</h1><p>Your account has used up its requests. Try again later.</p>";
  return page(429, "Too many requests", words, { "Retry-After": String(seconds) });
}

export function noSuchResource(): Answer {
  return single(404, "HTTP 404 Not Found", null);
}

export function methodNotAllowed(): Answer {
  return single(405, "HTTP 405 Method Not Allowed", null);
}

export function unsupportedMediaType(): Answer {
  return single(415, "HTTP 415 Unsupported Media Type", null);
}

/** One invalid field of a request. */
export function badField(field: string, message: string): Answer {
  return errorEnvelope(400, [{ context: field, message, exceptionName: null }]);
}
