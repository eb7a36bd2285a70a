import { expect, it } from "vitest";
import { readSources } from "@/lib/testing/source-tree";

// By text, function by function: a function that calls another one which records, and then writes on, is not seen here.
it("a function that records an event does so last: from there on every other writer waits for it", () => {
  const functions = readSources(["lib", "app"])
    .filter(({ isTest }) => !isTest)
    .flatMap(({ path, text }) =>
      text.split(/^(?=(?:export )?(?:async )?function )/m).map((body) => ({ path, body })),
    );
  const goingOn = functions.filter(({ body }) => {
    const [, ...after] = body.split(/\brecordEvent\(\s*tx,/);
    return after.some((rest) => /\btx\b/.test(rest));
  });
  expect(goingOn.map(({ path, body }) => `${path} ${body.slice(0, 60)}`)).toEqual([]);
});
