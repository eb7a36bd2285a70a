import { z } from "zod";
import { cleanText } from "./clean-text";
import { parseJson } from "./safe-json";

/** The parts of an HTTP response that decide its meaning. */
export type ServerAnswer = {
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Uint8Array;
};

/** One entry of an error answer; the texts are for matching only, never to be shown. */
export type ServerError = { readonly message: string; readonly exceptionName: string };

/** The value of a header, ignoring its name's case, which proxies change. Empty if absent. */
export function headerOf(answer: ServerAnswer, name: string): string {
  for (const [key, value] of answer.headers) if (key.toLowerCase() === name) return value;
  return "";
}

/** The body as JSON; undefined if it is not JSON, or the server declares it a page. */
export function jsonOf(answer: ServerAnswer): unknown {
  return mayBeJson(answer) ? parseJson(answer.body) : undefined;
}

/** True unless the content type is that of a page: proxies send valid JSON as plain text, or without a type. */
export function mayBeJson(answer: ServerAnswer): boolean {
  const type = headerOf(answer, "content-type");
  return saysJson(answer) || /^\s*(?:text\/plain|text\/javascript|application\/octet-stream|$)/i.test(type);
}

/** True if the content type is JSON; says nothing about the body. */
export function saysJson(answer: ServerAnswer): boolean {
  return /[/+]json\b/i.test(headerOf(answer, "content-type"));
}

/**
 * The account as which Bitbucket answered, from `X-AUSERNAME`; null if not signed in. URL-encoded, as Eclipse Che
 * found (https://github.com/eclipse-che/che-server/pull/790); Jira and Confluence write `anonymous`. Proxies may
 * repeat the header: the same name twice counts as one, two names as none.
 */
export function accountNameOf(answer: ServerAnswer): string | null {
  const [first = null, ...others] = headerOf(answer, "x-ausername").split(",").map(nameIn);
  return others.every((name) => name?.toLowerCase() === first?.toLowerCase()) ? first : null;
}

function nameIn(written: string): string | null {
  const name = cleanText(decode(written.trim().replaceAll("+", " ")), 255);
  return name?.toLowerCase() === "anonymous" ? null : name;
}

/** The header as the server wrote it, decoded but neither cleaned nor cut; empty if absent. */
export function writtenAccountName(answer: ServerAnswer): string {
  return decode(headerOf(answer, "x-ausername").replaceAll("+", " "));
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

const text = z.string().nullish().catch(null);
const entrySchema = z.object({ message: text, exceptionName: text });
const listSchema = z.object({ errors: z.array(z.unknown()) });

/**
 * All entries of an error answer, in any of its shapes: the list `errors[]` of the REST interface, one bare object,
 * or `{"message"}` of the sign-in filters. Empty if there are none. Ignores the content type.
 */
export function errorsOf(answer: ServerAnswer): readonly ServerError[] {
  const json = parseJson(answer.body);
  const list = listSchema.safeParse(json);
  const entries = list.success ? list.data.errors : [json];
  return entries.slice(0, 20).flatMap((entry) => {
    const read = entrySchema.safeParse(entry);
    if (!read.success || (read.data.message ?? read.data.exceptionName ?? null) === null) return [];
    return [{ message: read.data.message ?? "", exceptionName: read.data.exceptionName ?? "" }];
  });
}

const ownEntrySchema = z
  .record(z.string(), z.unknown())
  .refine(
    (entry) => "exceptionName" in entry || "context" in entry || Object.keys(entry).join() === "message",
  );
const ownListSchema = z.object({ errors: z.array(ownEntrySchema).min(1) });

/**
 * True for the envelope of Bitbucket's REST interface, `{"errors":[{"context","message","exceptionName"}]}`.
 * Artifactory and others have a list of the same name, whose entries have a code or a status.
 */
export function hasOwnErrors(answer: ServerAnswer): boolean {
  return ownListSchema.safeParse(parseJson(answer.body)).success;
}

const statusSchema = z.object({ message: z.string(), "status-code": z.int() });

/**
 * True for errors of the REST module in Atlassian's products, raised before a resource is reached:
 * `{"message","status-code"}` in JSON, or the same in XML.
 */
export function isModuleStatus(answer: ServerAnswer): boolean {
  if (statusSchema.safeParse(parseJson(answer.body)).success) return true;
  const text = new TextDecoder().decode(answer.body.subarray(0, 2_000));
  const isXml = /\bxml\b/i.test(headerOf(answer, "content-type")) || /^\s*<\?xml/.test(text);
  return isXml && /<status-code>|<status>|<errors>|HTTP 404 Not Found|null for uri/i.test(text);
}

/** The text of a body without markup: for matching only, never to be shown. */
export function textOf(answer: ServerAnswer): string {
  const text = new TextDecoder().decode(answer.body.subarray(0, 16_384));
  return text.replace(/<[^>]{0,500}>/g, " ").replace(/\s+/g, " ");
}
