import { describe, expect, it } from "vitest";
import { mayOnTeam, standingsOf, teamOperations } from "@/lib/teams/policy";

const mayAs = (role: "owner" | "member" | null, isAdministrator: boolean) =>
  teamOperations.filter((operation) => mayOnTeam(standingsOf(role, isAdministrator), operation));

describe("what one may do with a team", () => {
  it("is everything for an owner", () => {
    expect(mayAs("owner", false)).toEqual(teamOperations);
  });

  it("is to see and to leave for a member", () => {
    expect(mayAs("member", false)).toEqual(["see", "leave"]);
  });

  it("is to manage it for a portal administrator who is not in it, but for their own place in it", () => {
    const all = teamOperations.filter((operation) => operation !== "leave" && operation !== "changeOwnPlace");
    expect(mayAs(null, true)).toEqual(all);
  });

  it("is nothing for everybody else", () => {
    expect(mayAs(null, false)).toEqual([]);
  });
});
