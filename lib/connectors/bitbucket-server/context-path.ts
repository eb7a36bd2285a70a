import { type BaseUrlChange, type BaseUrlRefusal, refuseAddress } from "@/lib/connectors/base-url-diagnosis";

type ContextPath = {
  readonly ok: true;
  readonly contextPath: string;
  readonly changes: readonly BaseUrlChange[];
};

/** First segments of Bitbucket's own pages and interfaces; the context path ends before the first of them. */
const ownSegments: ReadonlySet<string> = new Set([
  "rest",
  "projects",
  "users",
  "scm",
  "dashboard",
  "login",
  "logout",
  "plugins",
  "admin",
  "account",
  "profile",
  "repos",
  "mvc",
  "status",
  "getting-started",
  "setup",
  "captcha",
  "passwordreset",
  "signup",
  "about",
  "system",
  "unavailable",
  "maintenance",
  "download",
  "tsv",
  "j_atl_security_check",
  "j_stash_security_check",
  "j_security_check",
  "favicon.ico",
  "robots.txt",
]);

/** If one of these follows "/scm", then "/scm" is a context path (once a common one), not part of a clone link. */
const afterScmContext = new Set(["rest", "projects", "login", "dashboard", "plugins", "scm"]);

/**
 * The context path of a WHATWG `URL` pathname (dot segments resolved, odd characters percent-encoded), in its
 * original case: all segments before the first that belongs to Bitbucket itself.
 */
export function contextPathOf(pathname: string, isTyped: boolean): ContextPath | BaseUrlRefusal {
  const all = pathname.split("/").slice(1);
  const asTyped = all.filter((segment) => segment !== "");
  const named = asTyped.map(spelledPlainly);
  const cut = firstOwnSegment(named);
  const kept = cut < 0 ? named : named.slice(0, cut);
  const bare = withoutFullStop(kept.map((segment) => segment.replace(/;jsessionid=.*$/i, "")));
  const refusal = refuseKept(bare);
  if (refusal !== null) return refusal;

  const changes: BaseUrlChange[] = [];
  if (cut >= 0) {
    changes.push({
      kind: "PATH_CUT",
      message: `Everything from "/${ownName(named[cut])}" on was left out: it leads to one page of the server.`,
    });
  } else if (all.length !== named.length && isTyped) {
    changes.push({ kind: "SLASHES_REMOVED", message: "Needless slashes were left out." });
  }
  if (kept.some((segment, index) => segment !== asTyped[index])) {
    changes.push({
      kind: "PATH_REWRITTEN",
      message: "The path was spelled in an unusual way; servers read it like this.",
    });
  }
  if (kept.some((segment) => /;jsessionid=/i.test(segment))) {
    changes.push({ kind: "QUERY_REMOVED", message: "A session id in the path was left out." });
  }
  return { ok: true, contextPath: bare.length === 0 ? "" : `/${bare.join("/")}`, changes };
}

/**
 * One spelling per segment: percent-encoded letters and digits are decoded, and the remaining encodings are in upper
 * case (RFC 3986, 6.2.2). Servers see no difference, so two spellings must not become two servers.
 */
function spelledPlainly(segment: string): string {
  return segment.replace(/%[0-9a-f]{2}/gi, (encoded) => {
    const character = String.fromCharCode(Number.parseInt(encoded.slice(1), 16));
    return /[\w.~-]/.test(character) ? character : encoded.toUpperCase();
  });
}

/** A dot at the end of a path is the full stop of a sentence. */
function withoutFullStop(segments: readonly string[]): readonly string[] {
  const last = segments.at(-1)?.replace(/\.+$/, "");
  if (last === undefined || last === segments.at(-1)) return segments;
  return last === "" ? withoutFullStop(segments.slice(0, -1)) : [...segments.slice(0, -1), last];
}

/** A segment's name without path parameters, in lower case: "/login;jsessionid=…" is the login page, too. */
function ownName(segment: string | undefined): string {
  return (segment ?? "").replace(/;.*$/, "").toLowerCase();
}

function firstOwnSegment(segments: readonly string[]): number {
  const first = segments.findIndex(
    (segment, at) => ownSegments.has(ownName(segment)) || isResource(segments, at),
  );
  const isScmContext =
    ownName(segments[first]) === "scm" &&
    afterScmContext.has(ownName(segments[first + 1])) &&
    !segments.at(-1)?.endsWith(".git");
  return isScmContext ? first + 1 : first;
}

/** Scripts and styles lie below "/s/" and a hash; an "s" at the end may be a context path. */
function isResource(segments: readonly string[], at: number): boolean {
  return ownName(segments[at]) === "s" && at + 1 < segments.length;
}

function refuseKept(segments: readonly string[]): BaseUrlRefusal | null {
  const path = segments.join("/");
  if (path.includes("@")) {
    return refuseAddress(
      "AT_SIGN_UNCLEAR",
      "It is not clear what stands before the @. Enter the address without user name and password.",
    );
  }
  if (/%(?:[01][0-9a-f]|[3-7][0-9a-f]|2[1-9a-f])/i.test(path)) {
    return refuseAddress(
      "CONTROL_CHARACTERS",
      "The path contains encoded characters that no address of Bitbucket has.",
    );
  }
  if (/\.git$/i.test(path)) {
    return refuseAddress(
      "OTHER_GIT_HOST",
      "This looks like a clone link, but Bitbucket Server's contain /scm/. Enter the address that you see in the browser.",
    );
  }
  // Narrower than RFC 3986: quotes, brackets and commas come from the sentence around a pasted address.
  if (!/^(?:[\w.~$+/-]|%[0-9a-f]{2})*$/i.test(path) || path.includes("%20")) {
    return refuseAddress(
      "NOT_AN_ADDRESS",
      "This is not an address. It should look like https://bitbucket.example.com.",
    );
  }
  return null;
}
