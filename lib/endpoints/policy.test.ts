import { describe, expect, it } from "vitest";
import { endpointOperations, endpointRoles, mayOnEndpoint } from "./policy";

/** Who may do what, written down a second time: by hand, from the product's own words. */
const expected = {
  see: ["owner", "administrator", "operator", "collaborator"],
  operate: ["owner", "administrator", "operator"],
  edit: ["owner", "administrator"],
  share: ["owner", "administrator"],
  delete: ["owner", "administrator"],
};

describe("what may be done with a source or destination", () => {
  it("is written down for every operation", () => {
    expect([...endpointOperations].sort()).toEqual(Object.keys(expected).sort());
  });

  it.each(endpointOperations)("%s: exactly the roles that the product names", (operation) => {
    expect(endpointRoles.filter((role) => mayOnEndpoint(role, operation))).toEqual(expected[operation]);
  });

  it.each(endpointOperations)("%s: nobody without a role", (operation) => {
    expect(mayOnEndpoint(null, operation)).toBe(false);
  });
});
