import { describe, expect, it } from "vitest";
import { credentialOperations, credentialRoles, isSuspendedFor, mayOnCredential } from "./policy";

/** Who may do what, written down a second time: by hand, from the product's own words. */
const expected = {
  see: ["owner", "administrator", "collaborator"],
  use: ["owner", "administrator", "collaborator"],
  check: ["owner", "administrator", "collaborator"],
  readHistory: ["owner", "administrator", "collaborator"],
  tryAgain: ["owner", "administrator"],
  edit: ["owner", "administrator"],
  replaceSecret: ["owner", "administrator"],
  share: ["owner", "administrator"],
  delete: ["owner", "administrator"],
  transfer: ["owner"],
};

describe("what may be done with a credential", () => {
  it("is written down for every operation", () => {
    expect([...credentialOperations].sort()).toEqual(Object.keys(expected).sort());
  });

  it.each(credentialOperations)("%s: exactly the roles that the product names", (operation) => {
    expect(credentialRoles.filter((role) => mayOnCredential(role, operation))).toEqual(expected[operation]);
  });

  it("stops at what signs in with the secret while the account of its owner is disabled", () => {
    expect(credentialOperations.filter((operation) => isSuspendedFor(operation, true)).sort()).toEqual([
      "check",
      "tryAgain",
      "use",
    ]);
    expect(credentialOperations.filter((operation) => isSuspendedFor(operation, false))).toEqual([]);
  });

  it.each(credentialOperations)("%s: not without a role", (operation) => {
    expect(mayOnCredential(null, operation)).toBe(false);
  });
});
