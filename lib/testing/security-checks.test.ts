import { describe, expect, it } from "vitest";
import { readSecurityChecks, testTitlesIn } from "./security-checks";
import { existsInProject, readProjectFile, readSources } from "./source-tree";

const checks = readSecurityChecks();
const lineOf = ({ file, title }: { file: string; title: string }) => `${file}: ${title}`;

describe("the security checks in docs/security.md", () => {
  it("name tests that exist under exactly these titles, each beginning with its check's number", () => {
    const wrong = checks.filter(
      ({ number, file, title }) =>
        !existsInProject(file) ||
        !testTitlesIn(readProjectFile(file)).includes(title) ||
        !title.startsWith(`${number} `),
    );
    expect(wrong.map(lineOf)).toEqual([]);
  });

  it("leave none of the 57 out", () => {
    const numbers = new Set(checks.map(({ number }) => number));
    expect([...numbers]).toEqual(Array.from({ length: 57 }, (_, index) => index + 1));
  });

  it("stand in the order of their numbers, no test twice", () => {
    const numbers = checks.map(({ number }) => number);
    expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
    expect(new Set(checks.map(lineOf)).size).toBe(checks.length);
  });

  it("name every test whose title begins with a check's number", () => {
    const listed = new Set(checks.map(lineOf));
    const unlisted = readSources(["lib", "components", "drizzle", "e2e"])
      .filter(({ path }) => /\.(test|spec)\.tsx?$/.test(path))
      .flatMap(({ path, text }) =>
        testTitlesIn(text)
          .filter((title) => /^([1-9]|[1-4]\d|5[0-7]) /.test(title))
          .map((title) => lineOf({ file: path, title })),
      )
      .filter((line) => !listed.has(line));
    expect(unlisted).toEqual([]);
  });
});
