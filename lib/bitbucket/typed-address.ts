import { type BaseUrlChange, type BaseUrlRefusal, refuseAddress } from "@/lib/bitbucket/base-url-diagnosis";

/** A typed address taken apart: a scheme we know, host and port without user info, and all that follows. */
export type TypedAddress = {
  readonly ok: true;
  readonly scheme: "http" | "https";
  readonly authority: string;
  /** Empty, or beginning with "/", "?" or "#". */
  readonly rest: string;
  readonly changes: BaseUrlChange[];
};

const wrapping = /^[\s\u200b\u2060\ufeff"'`<([]+|[\s\u200b\u2060\ufeff"'`>),;]+$/gu;
// biome-ignore lint/suspicious/noControlCharactersInRegex: URL parsers drop some of them silently, which hides tricks
const invisible = /[\u0000-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/;
const notAnAddress = () =>
  refuseAddress(
    "NOT_AN_ADDRESS",
    "This is not an address. It should look like https://bitbucket.example.com.",
  );

/** Mends what comes before the path: space, quotes, `git clone`, scheme, ssh forms, user info, case, closing dot. */
export function readTypedAddress(typed: string): TypedAddress | BaseUrlRefusal {
  const changes: BaseUrlChange[] = [];
  let text = unwrap(typed);
  if (text !== typed) changes.push({ kind: "TRIMMED", message: "Space or quotes around it were left out." });
  if (text === "") {
    return refuseAddress("EMPTY", "Enter the server's address, for example https://bitbucket.example.com.");
  }
  if (invisible.test(text)) {
    return refuseAddress(
      "CONTROL_CHARACTERS",
      "This contains a line break or another invisible character. Type the address, or paste it once more.",
    );
  }
  if (text.includes("\\")) {
    return refuseAddress("BACKSLASH", "An address has forward slashes: write / instead of \\.");
  }
  const command = /^git\s+clone\s+(?:-\S+\s+)*(\S+)/i.exec(text)?.[1];
  if (command !== undefined) {
    text = unwrap(command);
    changes.push({ kind: "CLONE_COMMAND", message: "Only the address was taken from the git command." });
  }

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
  return readAuthority(split.scheme, split.remainder, changes);
}

/** Left bracket stays when it opens an IPv6 host. */
function unwrap(text: string): string {
  const bare = text.replace(wrapping, "");
  return /^\s*\[[0-9a-f:.]+\]/i.test(text) ? text.trim() : bare;
}

/** `git@host:PROJECT/repo.git` and `ssh://git@host:7999/project/repo.git`; the port there is not that of the web. */
function sshHost(text: string): string | null {
  const link = /^(?:git\+)?ssh:\/\/(?:[^/?#]*@)?(\[[^\]]*\]|[^/?#:@]*)/i.exec(text)?.[1];
  if (link !== undefined) return link;
  return (
    /^(?:git@([^\s/:@]+):|[^\s/@:]+@([^\s/:@]+):(?!\d+(?:[/?#]|$)))/u.exec(text)?.slice(1).find(Boolean) ??
    null
  );
}

type SplitScheme = { readonly ok: true; readonly scheme: "http" | "https"; readonly remainder: string };

function splitScheme(text: string, changes: BaseUrlChange[]): SplitScheme | BaseUrlRefusal {
  const known = /^((?:https?(?::\/*|\/\/+))+)/i.exec(text)?.[1];
  // "https:8443" alone would be a host named https; with a host behind the colon it is a scheme without its slashes.
  if (known !== undefined && !/^https?:\d+(?:\/|$)/i.test(text)) {
    const scheme = /s[:/]*$/i.test(known) ? "https" : "http";
    if (known !== `${scheme}://`) {
      const onlyCase = known.toLowerCase() === `${scheme}://`;
      changes.push(
        onlyCase
          ? { kind: "LOWER_CASED", message: `The beginning was put in lower case: ${scheme}://.` }
          : { kind: "SCHEME_MENDED", message: `The beginning was mended to ${scheme}://.` },
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
  changes.push({ kind: "SCHEME_ADDED", message: "https:// was put in front." });
  return { ok: true, scheme: "https", remainder: text.replace(/^\/\//, "") };
}

function readAuthority(
  scheme: "http" | "https",
  remainder: string,
  changes: BaseUrlChange[],
): TypedAddress | BaseUrlRefusal {
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
  // A password with "?" or "#" in it would end the host too early. (One with "/" shows as an @ in the path.)
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
  if (/\s/u.test(typedAuthority) || typedAuthority === "") return notAnAddress();
  const port = /:([^:\]]*)$/u.exec(typedAuthority.replace(/^\[[^\]]*\]/, "host"))?.[1] ?? "";
  if (port !== "" && (!/^\d{1,5}$/.test(port) || Number(port) < 1 || Number(port) > 65535)) {
    return refuseAddress("BAD_PORT", "After the colon goes a port: a number from 1 to 65535.");
  }
  const authority = typedAuthority.replace(/\.(?=:\d*$|$)/u, "").replace(/:$/, "");
  if (mixesAlphabets(authority)) {
    return refuseAddress(
      "LOOK_ALIKE_HOST",
      "This host name mixes letters of different alphabets that look alike. Type the name instead of pasting it.",
    );
  }
  if (authority !== typedAuthority) {
    changes.push({ kind: "HOST_REWRITTEN", message: "A closing dot or colon was left out." });
  }
  return { ok: true, scheme, authority, rest, changes };
}

/** Latin next to Cyrillic, Greek, Armenian or Cherokee within one label: https://www.unicode.org/reports/tr39/#Restriction_Level_Detection */
function mixesAlphabets(authority: string): boolean {
  const lookAlike = /[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}\p{Script=Cherokee}]/u;
  return authority.split(".").some((part) => /[a-z]/i.test(part) && lookAlike.test(part));
}
