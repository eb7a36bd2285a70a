import { type Answer, json, text } from "./answer";

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

export function noSuchPullRequest(id: string, key: string, slug: string): Answer {
  return single(
    404,
    `Pull request ${id} does not exist in ${key}/${slug}.`,
    "pull.NoSuchPullRequestException",
  );
}

export function noSuchComment(id: string): Answer {
  return single(404, `Comment ${id} does not exist.`, "comment.NoSuchCommentException");
}

export function commentOutOfDate(current: number, expected: number): Answer {
  const message = `The comment has version ${current}, not ${expected}: it has been changed since.`;
  return single(409, message, "comment.CommentOutOfDateException");
}

export function noSuchUser(slug: string): Answer {
  return single(404, `User ${slug} does not exist.`, "user.NoSuchUserException");
}

export function noDefaultBranch(): Answer {
  return single(404, "No default branch is defined", "repository.NoDefaultBranchException");
}

export function noSuchBuildStatus(key: string): Answer {
  return single(404, `No build status with key ${key} was found.`, null);
}

export function repositoryArchived(key: string, slug: string): Answer {
  return single(409, `Repository ${key}/${slug} is archived and cannot be changed.`, null);
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
