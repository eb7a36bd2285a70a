import { type BaseUrlChange, type BaseUrlRefusal, refuseAddress } from "@/lib/connectors/base-url-diagnosis";
import { mixesAlphabets, spelledOut } from "./host-name";

/** A typed address in parts: a known scheme, host and port without user info, and the rest. */
export type TypedAddress = {
  readonly ok: true;
  readonly scheme: "http" | "https";
  readonly authority: string;
  /** Empty, or beginning with "/", "?" or "#". */
  readonly rest: string;
  readonly changes: BaseUrlChange[];
};

// biome-ignore lint/suspicious/noControlCharactersInRegex: URL parsers drop some of them silently, which hides tricks
const invisible = /[\u0000-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/;

/** Refuses a text that is no address. */
export const notAnAddress = () =>
  refuseAddress(
    "NOT_AN_ADDRESS",
    "This is not an address. It should look like https://bitbucket.example.com.",
  );

/** Refuses a host with look-alike letters; `spelledOut` if `xn--` labels hide them. */
export const lookAlikeHost = (spelledOut: string | null) =>
  refuseAddress(
    "LOOK_ALIKE_HOST",
    `This host name${spelledOut === null ? "" : `, spelled out ${spelledOut},`} mixes letters of different alphabets that look alike. Type the name instead of pasting it.`,
  );

/** Splits a lone address into parts, and normalizes what comes before the path: scheme, ssh forms, user info, case. */
export function readTypedAddress(text: string): TypedAddress | BaseUrlRefusal {
  const changes: BaseUrlChange[] = [];
  if (invisible.test(text)) {
    return refuseAddress(
      "CONTROL_CHARACTERS",
      "This contains a line break or another invisible character. Type the address, or paste it once more.",
    );
  }
  if (text.includes("\\")) {
    return refuseAddress("BACKSLASH", "An address has forward slashes: write / instead of \\.");
  }
  if (/[\s"<>|]/u.test(text)) return notAnAddress();

  const ssh = sshHost(text);
  if (ssh !== null) {
    changes.push({
      kind: "SSH_LINK",
      message: "A link for ssh does not tell the web address; please see whether port and path are right.",
    });
    return withAuthority("https", ssh, "", changes);
  }
  if (/^(?:mailto:)?[^\s/@:?#]+@[^\s/@:?#]+\.[^\s/@:?#]+$/u.test(text)) {
    return refuseAddress(
      "LOOKS_LIKE_EMAIL",
      "This looks like an e-mail address. Here goes the server's address.",
    );
  }
  const split = splitScheme(text, changes);
  if (!split.ok) return split;
  // A second address in the path: two addresses were pasted together.
  if (/https?:\//i.test(split.remainder.split(/[?#]/u, 1)[0] ?? "")) return notAnAddress();
  return readAuthority(split.scheme, split.remainder, changes);
}

/** `git@host:PROJECT/repo.git` and `ssh://git@host:7999/project/repo.git`; the ssh port is not the web port. */
function sshHost(text: string): string | null {
  const link = /^(?:git\+)?ssh:\/\/(?:[^/?#]*@)?(\[[^\]]*\]|[^/?#:@]*)/i.exec(text)?.[1];
  if (link !== undefined) return link;
  return (
    /^(?:git@([^\s/:@]+):|[^\s/@:]+@([^\s/:@]+):(?!\d+(?:[/?#]|$)))/u.exec(text)?.slice(1).find(Boolean) ??
    null
  );
}

/** A host without a scheme has only these characters; anything else is part of other text. */
const schemelessHost = /^(?:[\p{L}\p{M}\p{N}._。．｡-]+|\[[0-9a-f:.]+\])(?::[^:]*)?$/iu;

/** Scheme names: no server is called that, but a torn address may leave one as its host. */
const schemeWord = /^(?:https?|ssh|git|ftp)$/i;

/** Quotes, brackets, or a full stop before other letters: a URL parser would take them for an international name. */
const sentenceMarks = /[\s\p{Pi}\p{Pf}\p{Ps}\p{Pe}，；：！？、…]|[a-z\d]\.[a-z\d.-]+[。｡][^a-z\d]/iu;

const pathMarks = /^[^/?#]*\/[^?#]*[\p{Pi}\p{Pf}„‚「」『』《》【】（），；：！？、…。]/u;

type SplitScheme = { readonly ok: true; readonly scheme: "http" | "https"; readonly remainder: string };

function splitScheme(text: string, changes: BaseUrlChange[]): SplitScheme | BaseUrlRefusal {
  const known = /^((?:https?(?::\/*|\/\/+))+)/i.exec(text)?.[1];
  // "https:8443" alone would be a host named https; with a host after the colon, it is a scheme without its slashes.
  if (known !== undefined && !/^https?:\d+(?:\/|$)/i.test(text)) {
    const scheme = /s[:/]*$/i.test(known) ? "https" : "http";
    if (known !== `${scheme}://`) {
      const onlyCase = known.toLowerCase() === `${scheme}://`;
      changes.push(
        onlyCase
          ? { kind: "LOWER_CASED", message: `The beginning was put in lower case: ${scheme}://.` }
          : { kind: "SCHEME_NORMALIZED", message: `The beginning was corrected to ${scheme}://.` },
      );
    }
    return { ok: true, scheme, remainder: text.slice(known.length) };
  }
  const authority = text.replace(/^\/\//, "").split(/[/?#]/u, 1)[0] ?? "";
  const isOther =
    /^[a-z][a-z0-9+.-]*:\/\//i.test(text) || /^[a-z][a-z0-9+-]*:(?!\d+$|$)[^@]*$/i.test(authority);
  if (isOther) {
    return refuseAddress(
      "UNSUPPORTED_SCHEME",
      "Bitbucket Server is reached over https. The address should begin with https://.",
    );
  }
  const host = authority.slice(authority.lastIndexOf("@") + 1);
  if (!schemelessHost.test(host) || /^\d+$/.test(host)) return notAnAddress();
  const isPlainHttpLikely = /:\d+$/.test(host) && !/:\d*443$/.test(host);
  changes.push({
    kind: "SCHEME_ADDED",
    message: isPlainHttpLikely
      ? "https:// was put in front. If this port has no https, put http:// there."
      : "https:// was put in front.",
  });
  return { ok: true, scheme: "https", remainder: text.replace(/^\/\//, "") };
}

function readAuthority(
  scheme: "http" | "https",
  remainder: string,
  changes: BaseUrlChange[],
): TypedAddress | BaseUrlRefusal {
  if (pathMarks.test(remainder)) return notAnAddress();
  const end = remainder.search(/[/?#]/u);
  const whole = end < 0 ? remainder : remainder.slice(0, end);
  const rest = end < 0 ? "" : remainder.slice(end);
  const at = whole.lastIndexOf("@");
  if (at >= 0) {
    changes.push({
      kind: "USERINFO_REMOVED",
      message: "A user name or password in the address was taken out. It is not kept.",
    });
  }
  // A password with "?" or "#" would end the host too early. (A password with "/" shows as an @ in the path.)
  if (at < 0 && /^[?#].*@/u.test(rest)) {
    return refuseAddress(
      "AT_SIGN_UNCLEAR",
      "It is not clear what stands before the @. Enter the address without user name and password.",
    );
  }
  return withAuthority(scheme, whole.slice(at + 1), rest, changes);
}

function withAuthority(
  scheme: "http" | "https",
  typedAuthority: string,
  rest: string,
  changes: BaseUrlChange[],
): TypedAddress | BaseUrlRefusal {
  if (typedAuthority === "" || sentenceMarks.test(typedAuthority.replace(/^\[[^\]]*\]/, ""))) {
    return notAnAddress();
  }
  const port = /:([^:\]]*)$/u.exec(typedAuthority.replace(/^\[[^\]]*\]/, "host"))?.[1] ?? "";
  if (port !== "" && (!/^\d{1,5}$/.test(port) || Number(port) < 1 || Number(port) > 65535)) {
    return refuseAddress("BAD_PORT", "After the colon goes a port: a number from 1 to 65535.");
  }
  const authority = typedAuthority.replace(/\.(?=:\d*$|$)/u, "").replace(/:$/, "");
  if (schemeWord.test(authority.replace(/:\d*$/, ""))) return notAnAddress();
  if (mixesAlphabets(authority)) return lookAlikeHost(spelledOut(authority));
  if (authority !== typedAuthority) {
    changes.push({ kind: "HOST_REWRITTEN", message: "A closing dot or colon was left out." });
  }
  return { ok: true, scheme, authority, rest, changes };
}
