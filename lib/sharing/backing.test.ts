import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Given, type Standing, sharersOf, unbackedAmong } from "./backing";

function standing(changes: Partial<Standing> = {}): Standing {
  return { ownerId: "owner", disabled: new Set(), members: new Map(), ...changes };
}

function give(givenBy: string, to: string, role = "administrator"): Given {
  const id = `${givenBy} to ${to}`;
  return to.startsWith("team")
    ? { id, givenBy, role, userId: null, teamId: to }
    : { id, givenBy, role, userId: to, teamId: null };
}

const team = new Map([["team", new Set(["ana"])]]);

describe("a grant is unbacked", () => {
  it.each<[string, Given[], Partial<Standing>, string[]]>([
    ["never when the owner gave it", [give("owner", "ana")], {}, []],
    ["not while its giver is an administrator", [give("owner", "ana"), give("ana", "kim")], {}, []],
    ["when its giver's grant has ended", [give("ana", "kim")], {}, ["ana to kim"]],
    [
      "when its giver is a collaborator now",
      [give("owner", "ana", "collaborator"), give("ana", "kim")],
      {},
      ["ana to kim"],
    ],
    [
      "not while its giver's team is administrator",
      [give("owner", "team"), give("ana", "kim")],
      { members: team },
      [],
    ],
    ["when its giver has left that team", [give("owner", "team"), give("ana", "kim")], {}, ["ana to kim"]],
    [
      "when its giver's account is disabled",
      [give("owner", "ana"), give("ana", "kim")],
      { disabled: new Set(["ana"]) },
      ["ana to kim"],
    ],
    [
      "with all that was given by whom it made administrator",
      [give("ana", "kim"), give("kim", "lee"), give("lee", "team")],
      {},
      ["ana to kim", "kim to lee", "lee to team"],
    ],
    [
      "also when two hold each other's right up",
      [give("ana", "kim"), give("kim", "ana")],
      {},
      ["ana to kim", "kim to ana"],
    ],
    [
      "also when its giver let a team of theirs in",
      [give("ana", "team"), give("ana", "kim")],
      { members: team },
      ["ana to team", "ana to kim"],
    ],
    [
      "not when the owner's account is disabled",
      [give("owner", "ana")],
      { disabled: new Set(["owner"]) },
      [],
    ],
  ])("%s", (_, grants, changes, expected) => {
    expect([...unbackedAmong(grants, standing(changes))].sort()).toEqual([...expected].sort());
  });
});

const users = ["owner", "ana", "kim", "lee", "max"];
const aGrant = fc.record({
  id: fc.uuid(),
  givenBy: fc.constantFrom(...users),
  role: fc.constantFrom("administrator", "collaborator"),
  userId: fc.constantFrom(...users),
  teamId: fc.constant(null),
});

describe("for any grants", () => {
  it("ending unbacked grants leaves none unbacked, and ends no right that comes from the owner", () => {
    fc.assert(
      fc.property(fc.array(aGrant, { maxLength: 20 }), fc.subarray(users.slice(1)), (grants, disabled) => {
        const now = standing({ disabled: new Set(disabled) });
        const unbacked = unbackedAmong(grants, now);
        const kept = grants.filter(({ id }) => !unbacked.has(id));
        expect(unbackedAmong(kept, now).size).toBe(0);
        expect(sharersOf(kept, now)).toEqual(sharersOf(grants, now));
      }),
    );
  });

  it("who shares does so by a chain of grants that begins at the owner", () => {
    fc.assert(
      fc.property(fc.array(aGrant, { maxLength: 20 }), (grants) => {
        const sharers = sharersOf(grants, standing());
        for (const user of sharers) {
          if (user === "owner") continue;
          const by = grants.filter(({ userId, role }) => userId === user && role === "administrator");
          expect(by.some(({ givenBy }) => sharers.has(givenBy))).toBe(true);
        }
      }),
    );
  });
});
