import { randomBytes, randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { mayCarryOneTimeToken, pathForLog, withoutOneTimeTokens } from "./one-time-tokens";

const token = () => randomBytes(32).toString("base64url");

describe("an address", () => {
  it("loses its one-time token for the log, wherever it stands", () => {
    for (let round = 0; round < 200; round += 1) {
      expect(withoutOneTimeTokens(`/invitations/${token()}`)).toBe("/invitations/[token]");
      expect(withoutOneTimeTokens(`/reset/${token()}/done`)).toBe("/reset/[token]/done");
      expect(withoutOneTimeTokens(`/sign-up?invitation=${token()}&x=1`)).toBe(
        "/sign-up?invitation=[token]&x=1",
      );
    }
  });

  it("keeps the ids of rows, and words", () => {
    for (const address of [
      `/credentials/${randomUUID()}/replace-secret`,
      "/sources/new/bitbucket-server/credentials/new",
      "/api/auth/callback/credentials",
      "/_next/static/chunks/0a1b2c3d4e5f6a7b8c9d0e1f.js",
    ]) {
      expect(withoutOneTimeTokens(address)).toBe(address);
    }
  });

  it("is known to carry one, also in an address to return to", () => {
    const carries = (address: string) => mayCarryOneTimeToken(new URL(address, "http://localhost"));
    const callback = new URLSearchParams({ callbackUrl: `/invitations/${token()}` });
    expect(carries(`/invitations/${token()}`)).toBe(true);
    expect(carries(`/sign-in?${callback}`)).toBe(true);
    expect(carries(`/sign-up?invitation=${token()}`)).toBe(true);
    expect(carries(`/credentials/${randomUUID()}`)).toBe(false);
    expect(carries("/sign-in?callbackUrl=%2Fsources%2Fnew&bad=%E0%A4%A")).toBe(false);
  });
});

it("a request's path is logged without its query and its token", () => {
  expect(pathForLog(`/calendar/${token()}/ends.ics?x=1`)).toBe("/calendar/[token]/ends.ics");
  expect(pathForLog("/credentials?q=Ledger")).toBe("/credentials");
});
