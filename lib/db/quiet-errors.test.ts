import { inspect } from "node:util";
import { DrizzleQueryError } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { printErrorsWithoutParameters } from "./quiet-errors";

describe("an error of a statement, printed", () => {
  it("names statement, place and the cause's code, and no parameter", () => {
    printErrorsWithoutParameters();
    const cause = Object.assign(new Error("Key (name)=(canary-1) already exists"), {
      code: "23505",
      detail: "canary-2",
    });
    const error = new DrizzleQueryError(
      'insert into "teams" values ($1)',
      ["canary-3", Buffer.from("canary-4")],
      cause,
    );
    for (const text of [
      inspect(error),
      inspect({ error }, { depth: 9 }),
      inspect(new Error("outer", { cause: error })),
    ]) {
      expect(text).toContain('insert into "teams" values ($1)');
      expect(text).toContain("23505");
      expect(text).toContain("quiet-errors.test.ts");
      expect(text).not.toMatch(/canary/);
    }
  });
});
