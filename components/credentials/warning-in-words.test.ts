import { describe, expect, it } from "vitest";
import type { WarningCode } from "@/lib/connectors/types";
import { warningFor, warningInWords } from "./warning-in-words";

const toldTo = (role: "administrator" | "collaborator", isSuspended = false) => ({
  ...{ role, ownerName: "Jane Citizen", isSuspended },
});
const jane = "the owner, Jane Citizen, or an administrator of it";

describe("a warning of a stored credential", () => {
  it.each([
    ["KEY_ENDED", `The API key has reached its end: ask ${jane} to replace its secret.`],
    ["KEY_ENDS_SOON", `The API key ends soon: ask ${jane} to replace its secret in good time.`],
    [
      "OTHER_ACCOUNT",
      `The server names another account than the user name that was typed: ask ${jane} to check whose it is.`,
    ],
    [
      "PASSWORD_NOT_WANTED",
      `Your portal's policy asks for an API key instead of a password: ask ${jane} to replace its secret.`,
    ],
    [
      "KEY_LASTS_TOO_LONG",
      `The API key lasts longer than your portal's policy allows: ask ${jane} to replace its secret.`,
    ],
    [
      "KEY_END_NOT_KNOWN",
      `The portal cannot see when this API key ends, and its policy asks for an end: ask ${jane} to enter the key's last day.`,
    ],
  ] satisfies [WarningCode, string][])("tells a collaborator whom to ask for what: %s", (code, words) => {
    expect(warningFor(toldTo("collaborator"), code)).toBe(words);
    expect(warningFor(toldTo("administrator"), code)).toBe(warningInWords(code));
  });

  it("names no owner whose account is disabled", () => {
    expect(warningFor(toldTo("collaborator", true), "KEY_ENDED")).toBe(
      "The API key has reached its end: ask an administrator of it to replace its secret.",
    );
  });

  it("is the same for all readers where it asks nothing of the credential's owner", () => {
    expect(warningFor(toldTo("collaborator"), "NOTHING_READABLE")).toBe(
      "It sees no project and no repository: ask a project administrator for access.",
    );
    expect(warningFor(toldTo("collaborator"), "PLAIN_HTTP")).toBe(
      "The connection is not encrypted. The secret travels in clear.",
    );
  });
});
