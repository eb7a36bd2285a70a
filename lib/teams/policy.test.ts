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

  it("lets a portal administrator outside the team manage it, but not add a member without an owner", () => {
    expect(mayAs(null, true)).toEqual(
      without("leave", "manageWebhook", "changeOwnPlace", "letIn", "answerProposal"),
    );
  });

  it("is empty for all other users", () => {
    expect(mayAs(null, false)).toEqual([]);
  });
});

describe("a user's standings towards a team", () => {
  it("are the role in it and the role in the portal, and no others", () => {
    expect(standingsOf("owner", false)).toEqual(["owner"]);
    expect(standingsOf("member", true)).toEqual(["member", "administrator"]);
    expect(standingsOf(null, true)).toEqual(["administrator"]);
    expect(standingsOf(null, false)).toEqual([]);
  });
});
