import { describe, expect, it } from "vitest";
import { needInWords } from "./need-words";

const now = "2026-11-25T00:00:00.000Z";
const kinds = ["rejected", "locked", "ended", "ends-soon"] as const;

function told(kind: (typeof kinds)[number], role: "administrator" | "collaborator") {
  const credential = { id: "c1", name: "Ledger", at: "2026-12-01T00:00:00.000Z", ownerName: "Jane Citizen" };
  return needInWords({ kind, role, ...credential }, now);
}

describe("an entry about a credential on the start page", () => {
  it.each(kinds)("tells a reader who may not replace the secret whom to ask: %s", (kind) => {
    expect(told(kind, "collaborator")).toMatchObject({
      text: expect.stringMatching(/Ask the owner, Jane Citizen, or an administrator of it to /),
      button: "Look at it",
    });
  });

  it.each(kinds)("asks nobody else of a reader who may: %s", (kind) => {
    expect(told(kind, "administrator").text).not.toMatch(/Jane/);
  });
});
