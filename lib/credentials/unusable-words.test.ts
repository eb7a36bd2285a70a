import { describe, expect, it } from "vitest";
import { unusableInWords } from "./unusable-words";

const toldTo = (role: "owner" | "collaborator") => ({ role, ownerName: "Jane Citizen" });

describe("why a credential cannot be chosen", () => {
  it.each([
    ["rejected", "The server refused it. Replace its secret, or choose another one."],
    [
      "locked",
      "The server has locked its account. Sign in there in a browser, then check it again, or choose another one.",
    ],
    ["ended", "Its API key has ended. Replace its secret, or correct the day on its page."],
  ] as const)("tells its owner the cure: %s", (unusable, words) => {
    expect(unusableInWords(unusable, toldTo("owner"))).toBe(words);
  });

  it.each([
    [
      "rejected",
      "The server refused it. Ask the owner, Jane Citizen, or an administrator of it to replace its secret, or choose another one.",
    ],
    [
      "locked",
      "The server has locked its account. Ask the owner, Jane Citizen, or an administrator of it to sign in there in a browser and check it again, or choose another one.",
    ],
    [
      "ended",
      "Its API key has ended. Ask the owner, Jane Citizen, or an administrator of it to replace its secret, or choose another one.",
    ],
  ] as const)("tells a collaborator whom to ask: %s", (unusable, words) => {
    expect(unusableInWords(unusable, toldTo("collaborator"))).toBe(words);
  });
});
