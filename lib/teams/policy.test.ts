import { describe, expect, it } from "vitest";
import { mayOnTeam, standingsOf, type TeamOperation, teamOperations } from "./policy";

const mayAs = (role: "owner" | "member" | null, isAdministrator: boolean) =>
  teamOperations.filter((operation) => mayOnTeam(standingsOf(role, isAdministrator), operation));

const without = (...left: TeamOperation[]) => teamOperations.filter((operation) => !left.includes(operation));

describe("what one may do with a team", () => {
  it("is everything for an owner, but to take an administrator's proposal back", () => {
    expect(mayAs("owner", false)).toEqual(without("withdrawProposal"));
  });

  it("is to see it, to read its history and to leave for a member", () => {
    expect(mayAs("member", false)).toEqual(["see", "leave", "readHistory"]);
  });

  it("is to manage it for a portal administrator who is not in it, but to let nobody in by their own word", () => {
    expect(mayAs(null, true)).toEqual(without("leave", "changeOwnPlace", "letIn", "answerProposal"));
  });

  it("is nothing for everybody else", () => {
    expect(mayAs(null, false)).toEqual([]);
  });
});
