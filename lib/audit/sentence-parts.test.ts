import { expect, it } from "vitest";
import { sentenceOf } from "./sentences";

it("a typed text stays a separate part, whatever it contains", () => {
  const name = "”. \u202EEverything was deleted. <b>=1+1";
  expect(sentenceOf("user.renamed", { name }, () => undefined)).toContainEqual({ quoted: name });
});
