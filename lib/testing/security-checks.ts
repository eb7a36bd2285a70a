import { readProjectFile } from "./source-tree";

/** A test of a check in docs/security.md: the check's number, and the test's file and title. */
export type SecurityCheck = { readonly number: number; readonly file: string; readonly title: string };

/** The number of checks that the design requires, numbered from 1. */
export const securityCheckCount = 57;

/**
 * Reads the numbered checks of docs/security.md, in order, and the titles of their tests from the files named there.
 * Throws if a file does not exist or has another number of tests for the check than the document says.
 */
export function readSecurityChecks(): SecurityCheck[] {
  const promises = readProjectFile("docs/security.md").matchAll(/^- \*\*(\d+)\*\* (.+)$/gm);
  return [...promises].flatMap(([, number, line = ""]) => {
    const files = line.matchAll(/`([^`]+\.(?:test|spec)\.tsx?)`(?: \((\d+)\))?/g);
    return [...files].flatMap(([, file = "", count = "1"]) => testsOf(Number(number), file, Number(count)));
  });
}

function testsOf(number: number, file: string, count: number): SecurityCheck[] {
  const titles = testTitlesIn(readProjectFile(file)).filter((title) => title.startsWith(`${number} `));
  if (titles.length !== count) {
    throw new Error(
      `${file} has ${titles.length} tests of check ${number}, but docs/security.md says ${count}. Correct the count there.`,
    );
  }
  return titles.map((title) => ({ number, file, title }));
}

/** The test titles in a file, as written: placeholders are not filled in. */
export function testTitlesIn(text: string): string[] {
  const calls = text.matchAll(/(?:\b(?:it|test)|\))\(\s*(["'`])((?:\\.|(?!\1)[^\\])*)\1/g);
  return [...calls].map(([, , title = ""]) => title);
}
