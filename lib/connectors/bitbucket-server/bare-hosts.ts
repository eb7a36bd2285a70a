const name = String.raw`(?:[\p{L}\p{N}_](?:[\p{L}\p{N}_-]*[\p{L}\p{N}_])?\.)+`;
const host = String.raw`(?:${name}\p{L}{2,63}|\d{1,3}(?:\.\d{1,3}){3})`;
const token = new RegExp(
  String.raw`(?<![\p{L}\p{N}_@./:%+-])(?:\/\/)?(${host}(?::\d{1,5})?(?:\/[^\s"'<>()|\]},;]*)?)(?![\p{L}\p{N}_@%-])`,
  "giu",
);
/** A label before an address: `host:`, `BITBUCKET_HOST=`, `"server": "`, `machine`. */
const label = /[\p{L}_)\]][\p{L}\p{N}_)\]"'-]*\s*(?:[:：=]|=>|->|→)\s*["'`]?$|(?:^|\s)machine\s+$/u;
const ownPath = /\/(?:projects|users|scm|rest|dashboard|repos|plugins\/servlet)(?:[/?#]|$)/i;
/** Words with dots that look like hosts but are none. */
const fileName =
  /\.(?:ya?ml|json|xml|md|txt|properties|env|conf|cfg|ini|toml|sh|py|js|ts|java|git|exe|jar|log|html?|pem|crt|key)$/i;

/**
 * The scheme-less addresses in a text without links: after a label (`host: …`), before a remark in brackets, or with
 * a port or a path that Bitbucket has. Each host has a dot. Pure; never throws.
 */
export function bareHostsInText(text: string): readonly string[] {
  const found = [...text.matchAll(token)].filter((match) => isAddress(match, text));
  return found.map(([, address = ""]) => address.replace(/[.:!?]+$/, ""));
}

function isAddress(match: RegExpExecArray, text: string): boolean {
  const address = match[1] ?? "";
  if (fileName.test(address.split("/", 1)[0] ?? "")) return false;
  const before = text.slice(0, match.index);
  const after = text.slice(match.index + match[0].length);
  if (/^[^/]*:\d+/.test(address) || ownPath.test(address)) return true;
  // Four numbers alone may be a version, too.
  if (/^[\d.]+$/.test(address)) return false;
  return label.test(before) || (before.trim() === "" && /^\s+(?:[([#–—-]|\/\/)/u.test(after));
}
