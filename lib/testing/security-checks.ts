import { readProjectFile } from "./source-tree";

/** One line of the list in docs/security.md: the check's number, and the file and title of a test that holds it. */
export type SecurityCheck = { readonly number: number; readonly file: string; readonly title: string };

/** How many checks the design demands; their numbers run from 1 to this one. */
export const securityCheckCount = 57;

/** Reads the list of security checks from docs/security.md, in its order. */
export function readSecurityChecks(): SecurityCheck[] {
  const lines = readProjectFile("docs/security.md").matchAll(/^- (\d+): `([^`]+)`, `([^`]+)`$/gm);
  return [...lines].map(([, number, file = "", title = ""]) => ({ number: Number(number), file, title }));
}

/** The titles of the tests that a file holds, as they are written there: placeholders are not filled in. */
export function testTitlesIn(text: string): string[] {
  const calls = text.matchAll(/(?:\b(?:it|test)|\))\(\s*(["'`])((?:\\.|(?!\1)[^\\])*)\1/g);
  return [...calls].map(([, , title = ""]) => title);
}
