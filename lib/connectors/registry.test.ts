import { describe, expect, it } from "vitest";
import { checkOf } from "./checks";
import { connectorKinds, defaultKind } from "./kinds";
import { connectorOf, findKind } from "./registry";
import { certificateReasons, failureReasons } from "./types";

describe.each(connectorKinds)("the connector %s", (kind) => {
  const connector = connectorOf(kind);

  it("is found by its name, which is safe in a URL, and can be checked", () => {
    expect(findKind(kind)).toBe(kind);
    expect(kind).toMatch(/^[a-z][a-z0-9-]*$/);
    expect(checkOf(kind).check).toBeTypeOf("function");
  });

  it("refuses invalid addresses, and never throws", () => {
    for (const typed of ["", "nonsense here", "\0", "https://"]) {
      expect(connector.normalizeBaseUrl(typed)).toMatchObject({ ok: false });
    }
  });

  it("says what was found and what to do, for every failure", () => {
    for (const reason of failureReasons) {
      for (const certificateReason of certificateReasons) {
        const outcome = { kind: "failed", step: "address", reason, certificateReason, steps: [] } as const;
        const words = connector.describeFailure(outcome, { scheme: "basic", keyInUsernameField: false });
        expect(words.title).not.toBe("");
        expect(words.cure).not.toBe("");
      }
    }
  });
});

it("a name that is no kind finds none", () => {
  expect(findKind("unheard-of")).toBeNull();
  expect(connectorKinds).toContain(defaultKind);
});
