import { parseUrl } from "@/lib/text/parse-url";

/** A link that leads to another link; `target` is null if the wrapper does not reveal it. */
export type WrappedLink = { readonly target: string | null };

type Wrapper = {
  readonly host: RegExp;
  /** A further condition for hosts that serve more than redirects. */
  readonly path?: RegExp;
  readonly target: (url: URL, text: string) => string | null;
};

const parameter =
  (...names: readonly string[]) =>
  ({ searchParams }: URL): string | null =>
    names.map((name) => searchParams.get(name)).find((value) => value !== null && value !== "") ?? null;

/** Common link-protection and redirect services. Mail scanners' links are decoded as their vendors published. */
const wrappers: readonly Wrapper[] = [
  { host: /\.safelinks\.protection\.(?:outlook|office365)\.\w+$/, target: parameter("url") },
  {
    host: /^(?:safelinks|statics\.teams)(?:\.\w+)*\.(?:office\.net|com|microsoft)$/,
    target: parameter("url"),
  },
  { host: /^(?:www\.)?google\.[a-z]{2,3}(?:\.[a-z]{2})?$/, path: /^\/url$/, target: parameter("q", "url") },
  { host: /^slack-redir\.net$/, target: parameter("url") },
  { host: /(?:^|\.)slack\.com$/, path: /^\/(?:link|redir(?:ect)?)$/, target: parameter("url") },
  { host: /^urldefense\.proofpoint\.com$/, path: /^\/v1\//, target: parameter("u") },
  { host: /^urldefense\.proofpoint\.com$/, path: /^\/v2\//, target: proofpointTwo },
  { host: /^urldefense\.(?:proofpoint\.com|com|us)$/, target: proofpointThree },
  { host: /^(?:\w+\.)?linkprotect\.cudasvc\.com$/, target: parameter("a") },
  { host: /^(?:url\.avanan\.click|protect\.checkpoint\.com)$/, target: checkPoint },
  { host: /^secure-web\.cisco\.com$/, target: lastSegment },
  { host: /^protect\d?\.fireeye\.com$/, target: parameter("u") },
  { host: /(?:^|\.)clicktime\.symantec\.com$/, target: parameter("u") },
  { host: /(?:^|\.)ctp\.trendmicro\.com$|-ctp\.trendmicro\.com$/, target: parameter("url") },
  { host: /^scanmail\.trustwave\.com$/, target: parameter("u") },
  { host: /\.protection\.sophos\.com$/, target: sophos },
  {
    host: /^(?:protect(?:-\w+)?|url|urlsand)\.(?:mimecast|emailprotection)\.(?:com|link)$/,
    target: () => null,
  },
  { host: /(?:^|\.)mimecastprotect\.com$/, target: () => null },
  {
    host: /^(?:www\.)?(?:linkedin|youtube|steamcommunity)\.com$/,
    path: /\/(?:redirect|go|linkfilter\/?)$/,
    target: parameter("url", "q"),
  },
  { host: /^(?:lm?|l)\.(?:facebook|instagram|workplace)\.com$/, target: parameter("u") },
  { host: /^duckduckgo\.com$/, path: /^\/l\/?$/, target: parameter("uddg") },
  { host: /^out\.reddit\.com$/, target: parameter("url") },
  { host: /^(?:bit\.ly|tinyurl\.com|t\.co|aka\.ms|goo\.gl|lnkd\.in|ow\.ly|is\.gd)$/, target: () => null },
];

/** Hosts of wrappers that keep the target unencoded in their path; a link there does not end at "://". */
export const embeddingHosts = String.raw`urldefense\.(?:proofpoint\.com|com|us)|url\.avanan\.click|protect\.checkpoint\.com`;

/**
 * Recognises a link that a mail scanner, chat or search page wrapped around another; null for every other link. The
 * target is not yet validated. Pure; never throws.
 */
export function unwrapLink(text: string): WrappedLink | null {
  const url = /[\s"<>]/.test(text) ? null : parseUrl(text);
  if (url === null) return null;
  const wrapper = wrappers.find(
    ({ host, path }) => host.test(url.hostname) && (path === undefined || path.test(url.pathname)),
  );
  return wrapper === undefined ? null : { target: wrapper.target(url, text) };
}

/** Version 2: "-" stands for "%", "_" for "/". */
function proofpointTwo(url: URL): string | null {
  const coded = parameter("u")(url);
  return coded === null ? null : decode(coded.replaceAll("-", "%").replaceAll("_", "/"));
}

/** Version 3: the link stands between "__" and "__;"; each "*" in it stands for a character that follows in base64. */
function proofpointThree(_url: URL, text: string): string | null {
  const [, link, coded = ""] = /\/v3\/__(.+?)__;([\w-]*={0,2})!/.exec(text) ?? [];
  if (link === undefined) return null;
  const removed = [...decodeBase64(coded.replaceAll("-", "+").replaceAll("_", "/"))];
  return link.replace(/\*(?!\*)/g, () => removed.shift() ?? "");
}

function checkPoint(_url: URL, text: string): string | null {
  return /___(.+?)___/.exec(text)?.[1] ?? null;
}

function lastSegment({ pathname }: URL): string | null {
  const last = decode(pathname.split("/").at(-1) ?? "");
  return last !== null && /^https?:/i.test(last) ? last : null;
}

function sophos(url: URL): string | null {
  const link = decodeBase64(parameter("u")(url) ?? "");
  return /^https?:/i.test(link) ? link : null;
}

function decode(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

function decodeBase64(text: string): string {
  try {
    return atob(text);
  } catch {
    return "";
  }
}
