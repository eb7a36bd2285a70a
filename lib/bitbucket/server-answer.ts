import { z } from "zod";
import { cleanText } from "@/lib/bitbucket/clean-text";
import { parseJson } from "@/lib/bitbucket/safe-json";

/** What came back, as far as its meaning goes. */
export type ServerAnswer = {
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Uint8Array;
};

/** One entry of an error answer; texts as the server wrote them: to be matched, never to be shown. */
export type ServerError = { readonly message: string; readonly exceptionName: string };

/** The value of a header, whatever case its name came in: proxies change it. Empty when absent. */
export function headerOf(answer: ServerAnswer, name: string): string {
  for (const [key, value] of answer.headers) if (key.toLowerCase() === name) return value;
  return "";
}

/** The body as JSON, when the server says that it is JSON and it is; undefined otherwise. */
export function jsonOf(answer: ServerAnswer): unknown {
  return saysJson(answer) ? parseJson(answer.body) : undefined;
}

/** True when the content type is JSON; says nothing about the body. */
export function saysJson(answer: ServerAnswer): boolean {
  return /[/+]json\b/i.test(headerOf(answer, "content-type"));
}

/**
 * The account in whose name Bitbucket answered, from `X-AUSERNAME`; null for nobody. URL-encoded, as Eclipse Che found
 * (https://github.com/eclipse-che/che-server/pull/790); Jira and Confluence write `anonymous` for nobody.
 */
export function accountNameOf(answer: ServerAnswer): string | null {
  const written = writtenAccountName(answer);
  return written.toLowerCase() === "anonymous" ? null : cleanText(written, 255);
}

/** The same as the server wrote it, neither cleaned nor cut; empty when it wrote none. */
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
 * All entries of an error answer, whichever of its shapes it has: the list `errors[]` of the REST interface, one bare
 * object, or `{"message"}` of the sign-in filters. Empty when there is none. Read whatever the content type says.
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

/** True for the envelope of Bitbucket's REST interface, which a proxy's error page does not have. */
export function hasErrorList(answer: ServerAnswer): boolean {
  return listSchema.safeParse(parseJson(answer.body)).success;
}
