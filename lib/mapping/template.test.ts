import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { columnInTemplate, columnsOfTemplate, parseTemplate } from "./template";

const text = (text: string) => ({ kind: "text", text });
const column = (column: string) => ({ kind: "column", column });

describe("A text with columns", () => {
  test.each([
    ["", []],
    ["plain { } }} text", [text("plain { } }} text")]],
    ["a{{b}}c{{ d e }}", [text("a"), column("b"), text("c"), column("d e")]],
    ["{{}} {{ }} {{open", [text("{{}} {{ }} {{open")]],
    ["{{{x}}}", [text("{"), column("x"), text("}")]],
    ["{{ {{x}}", [text("{{ "), column("x")]],
    [String.raw`\{{x}} \\{{y}} C:\dir`, [text("{{x}} \\"), column("y"), text(" C:\\dir")]],
    [String.raw`{{a\}}}{{b\{\{c}}{{\ d\ }}`, [column("a}"), column("b{{c"), column(" d ")]],
    ["{{a}b}}", [column("a}b")]],
    [String.raw`{{a\\}}`, [column("a\\")]],
    ["{{x}}{{x}}", [column("x"), column("x")]],
  ])("%j has these parts", (given, parts) => {
    expect(parseTemplate(given)).toEqual(parts);
  });

  test("names each column once", () => {
    expect(columnsOfTemplate("{{b}} {{a}} {{b}}")).toEqual(["b", "a"]);
  });

  const name = fc.oneof(fc.string({ minLength: 1, unit: "binary" }), fc.stringMatching(/^[ {}\\ab]{1,8}$/));

  test("finds every column as it was written, whatever its name", () => {
    fc.assert(
      fc.property(name, (given) => {
        expect(parseTemplate(columnInTemplate(given))).toEqual([column(given)]);
        expect(columnsOfTemplate(`before ${columnInTemplate(given)} after {`)).toEqual([given]);
      }),
      { numRuns: 2000 },
    );
  });

  test("loses nothing of a text without braces", () => {
    fc.assert(
      fc.property(
        fc.string().filter((given) => given !== "" && !given.includes("{{")),
        (given) => {
          expect(parseTemplate(given)).toEqual([text(given)]);
        },
      ),
    );
  });

  test("is read in the time of its length", () => {
    for (const part of ["{{", String.raw`\{{`, "{{a", String.raw`{{\{`, "{ {", "\\"]) {
      expect(Array.isArray(parseTemplate(part.repeat(30_000)))).toBe(true);
    }
  });
});
