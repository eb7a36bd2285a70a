import { describe, expect, test } from "vitest";
import { returnAddress } from "./return-address";

const taken = { kind: "taken", id: "u1" } as const;

describe("The address after an upload", () => {
  test("is the form's own, with the file and without an earlier outcome", () => {
    const given = "/destinations/new/bitbucket-server/data?action=x&upload=old&uploadError=old&t.text=a%26b";
    expect(returnAddress(given, taken)).toBe(
      "/destinations/new/bitbucket-server/data?action=x&t.text=a%26b&input=upload&upload=u1",
    );
    expect(returnAddress("/destinations/7/edit/data", { kind: "refused", id: "u2" })).toBe(
      "/destinations/7/edit/data?uploadError=u2",
    );
    expect(returnAddress("/destinations", { kind: "no-file" })).toBe("/destinations?uploadError=no-file");
  });

  test.each([
    "",
    "https://evil.example/destinations/x",
    "//evil.example/destinations/x",
    "/\\evil.example/destinations",
    "/destinations/../admin",
    "/destinations/..%2fadmin/../../admin",
    "/destinationsx",
    "/sources/new",
    "javascript:alert(1)",
    "http://user@portal.invalid/destinations",
    `/destinations/${"x".repeat(10_000)}`,
  ])("is the list of destinations for %j", (given) => {
    expect(returnAddress(given, taken)).toBe("/destinations?input=upload&upload=u1");
  });

  test("has no host and no line break", () => {
    expect(returnAddress("/destinations/x\r\nSet-Cookie: a=b", taken)).not.toMatch(/[\r\n]/);
  });
});
