import { readBaseUrl } from "@/lib/connectors/base-url";
import {
  type BaseUrlChange,
  type BaseUrlDiagnosis,
  type BaseUrlRefusal,
  refuseAddress,
} from "@/lib/connectors/base-url-diagnosis";
import { holdsApiKey } from "@/lib/text/api-key-shape";
import { undoEscapes, unwrapText } from "@/lib/text/around-address";
import { parseUrl } from "@/lib/text/parse-url";
import { bareHostsInText } from "./bare-hosts";
import { oneOf } from "./choose-address";
import { contextPathOf } from "./context-path";
import { foreignAddress } from "./foreign-address";
import { hostChanges, isHost, mappedIpv4, mixesAlphabets, spelledOut } from "./host-name";
import { unwrapLink } from "./link-wrappers";
import { linksInText } from "./links-in-text";
import { holdsSignIn } from "./sign-in-in-text";
import { lookAlikeHost, notAnAddress, readTypedAddress } from "./typed-address";

const maximumTextLength = 8191;
const maximumLength = 2047;
/** Mail scanners wrap links that others already wrapped; more layers than this mean a dishonest link. */
const maximumWrappers = 5;

/**
 * Turns a pasted text into the base URL of a Bitbucket Server and lists the changes, or says in plain words why it is
 * none. A text that is no address itself yields the one link in it, if there is exactly one. Pure, never throws, and
 * idempotent: a base URL comes back without changes. Never names a host that is not in the text, as written or
 * decoded. Keeps `http://` where it was typed; the egress policy decides whether that is allowed. User names,
 * passwords, queries and session ids in the text are removed and appear in no part of the answer.
 */
export function diagnoseBaseUrl(typed: string): BaseUrlDiagnosis {
  if (typed.length > maximumTextLength) return tooLong();
  if (holdsApiKey(typed)) {
    return refuseAddress(
      "LOOKS_LIKE_API_KEY",
      "This looks like an API key. It belongs in the field Username Or API Key; here goes the server's address.",
    );
  }
  return readPasted(typed, 0);
}

function readPasted(typed: string, wrappers: number): BaseUrlDiagnosis {
  const text = unwrapText(undoEscapes(typed));
  if (text === "") {
    return refuseAddress("EMPTY", "Enter the server's address, for example https://bitbucket.example.com.");
  }
  const trimmed: BaseUrlChange[] =
    text === typed ? [] : [{ kind: "TRIMMED", message: "Space or quotes around it were left out." }];
  const whole = readAddress(text, wrappers);
  if (whole.ok) return { ...whole, changes: [...trimmed, ...whole.changes] };
  return mayHoldLink(whole) ? (readLink(text, wrappers) ?? whole) : whole;
}

/** True if the text is refused for its form: then an address may stand inside other text. */
function mayHoldLink({ problem }: BaseUrlRefusal): boolean {
  return [
    "NOT_AN_ADDRESS",
    "CONTROL_CHARACTERS",
    "BACKSLASH",
    "UNSUPPORTED_SCHEME",
    "BAD_PORT",
    "LOOKS_LIKE_EMAIL",
    "AT_SIGN_UNCLEAR",
  ].includes(problem);
}

/** The one address inside other text; null if there is none, or none is complete. */
function readLink(text: string, wrappers: number): BaseUrlDiagnosis | null {
  const { links, isBroken } = linksInText(text);
  if (isBroken) return null;
  const found = links.length > 0 ? links : bareHostsInText(text);
  const answer = oneOf(found.map((link) => readAddress(link, wrappers)));
  if (answer === null || !answer.ok) return answer;
  const isCommand = /^\W*git\s/i.test(text);
  const taken: BaseUrlChange = isCommand
    ? { kind: "CLONE_COMMAND", message: "Only the address was taken from the git command." }
    : { kind: "LINK_TAKEN", message: "Only the address was taken from the text." };
  const signIn: BaseUrlChange = {
    kind: "USERINFO_REMOVED",
    message: "A user name, password or key beside the address was taken out. It is not kept.",
  };
  return { ...answer, changes: [taken, ...(holdsSignIn(text) ? [signIn] : []), ...answer.changes] };
}

/** Reads a text that consists of an address only. */
function readAddress(text: string, wrappers: number): BaseUrlDiagnosis {
  const wrapped = unwrapLink(text);
  if (wrapped !== null) return readWrapped(wrapped.target, wrappers);
  const read = readTypedAddress(text);
  if (!read.ok) return read;
  const { scheme, authority, rest, changes } = read;

  const url = parseUrl(`${scheme}://${authority}${rest}`);
  if (url === null || !isHost(url.hostname)) return notAnAddress();
  const ipv4 = mappedIpv4(url.hostname);
  if (ipv4 !== null) url.hostname = ipv4;
  if (mixesAlphabets(url.hostname)) return lookAlikeHost(spelledOut(url.hostname));
  const foreign = foreignAddress(url.hostname, url.pathname);
  if (foreign !== null) return foreign;

  const path = contextPathOf(url.pathname, rest.startsWith("/"));
  if (!path.ok) return path;
  if (rest.includes("?") || rest.includes("#")) {
    changes.push({ kind: "QUERY_REMOVED", message: "The part after the path was left out." });
  }
  if (/:0*(80|443)$/.test(authority) && url.port === "") {
    changes.push({ kind: "DEFAULT_PORT_REMOVED", message: "The usual port need not be written." });
  }
  const baseUrl = readBaseUrl(`${url.origin}${path.contextPath}`);
  if (baseUrl === null) return notAnAddress();
  if (baseUrl.href.length > maximumLength) return tooLong();
  return {
    ok: true,
    baseUrl,
    spelledOut: spelledOut(url.hostname),
    changes: [...changes, ...hostChanges(authority, url.hostname), ...path.changes],
  };
}

function readWrapped(target: string | null, wrappers: number): BaseUrlDiagnosis {
  const answer = target === null || wrappers >= maximumWrappers ? null : readPasted(target, wrappers + 1);
  if (answer === null || (!answer.ok && answer.problem === "NOT_AN_ADDRESS")) {
    return refuseAddress(
      "WRAPPED_LINK",
      "This link leads through another service, which hides the address. Open it, and copy the address that you see then.",
    );
  }
  if (!answer.ok) return answer;
  const unwrapped: BaseUrlChange = {
    kind: "WRAPPER_REMOVED",
    message: "The link led through another service; the address behind it was taken.",
  };
  const others = answer.changes.filter(({ kind }) => kind !== unwrapped.kind);
  return { ...answer, changes: [unwrapped, ...others] };
}

function tooLong(): BaseUrlRefusal {
  return refuseAddress(
    "TOO_LONG",
    "This is far longer than the address of a server. Paste only its beginning.",
  );
}
