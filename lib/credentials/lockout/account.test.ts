import { createHmac, hkdfSync } from "node:crypto";
import { describe, expect, it } from "vitest";
import { diagnoseBaseUrl } from "@/lib/connectors/bitbucket-server/base-url";
import { portalKeys } from "@/lib/portal/keys";
import { Secret } from "@/lib/secret";
import { baseUrlAt } from "@/lib/testing/base-url";
import { protectedAccountOf, protectedSecretOf, protectedUser } from "./account";

const typedFor = (address: string, username = "jcitizen") => {
  const diagnosis = diagnoseBaseUrl(address);
  if (!diagnosis.ok) throw new Error(diagnosis.message);
  return protectedAccountOf({
    baseUrl: diagnosis.baseUrl,
    signIn: { scheme: "basic", username, password: Secret.of("any") },
  });
};
const one = typedFor("https://bitbucket.example.com/stash");

it.each([
  "HTTPS://BitBucket.Example.COM/stash",
  "https://bitbucket.example.com:443/stash",
  "https://bitbucket.example.com./stash/",
  "https://bitbucket.example.com.:0443//stash//",
  "https://ｂｉｔｂｕｃｋｅｔ.example.com/stash",
  "bitbucket.example.com/%73tash",
  "https://jane:secret@bitbucket.example.com/stash",
  "https://bitbucket.example.com/stash/projects/DATA?at=main#L1",
  "https://bitbucket.example.com/x/../stash",
])("an account is counted once, however its server is spelled: %s", (address) => {
  expect(typedFor(address)).toEqual(one);
});

it.each(["JCitizen", "JCITIZEN"])(
  "an account is counted once, however its name is spelled: %s",
  (username) => {
    expect(typedFor("https://bitbucket.example.com/stash", username)).toEqual(one);
    expect(protectedUser("https://bitbucket.example.com/stash", username)).toEqual(one);
  },
);

it.each([
  ["another port", "https://bitbucket.example.com:7990/stash"],
  ["another context path", "https://bitbucket.example.com/bitbucket"],
  ["a path in another case", "https://bitbucket.example.com/Stash"],
  ["another host", "https://git.example.com/stash"],
])("%s is another server", (_what, address) => {
  expect(typedFor(address)).not.toEqual(one);
});

const server = "https://bitbucket.example.com/stash";
const withKey = (apiKey: string) => ({
  baseUrl: baseUrlAt(server),
  signIn: { scheme: "bearer", apiKey: Secret.of(apiKey), expectedAccount: null } as const,
});
const withPassword = (password: string, username = "jcitizen") => ({
  baseUrl: baseUrlAt(server),
  signIn: { scheme: "basic", username, password: Secret.of(password) } as const,
});

describe("an account", () => {
  it("is one for each user name, whichever way its accents are composed", () => {
    expect(protectedUser(server, "Jose\u0301")).toEqual(protectedUser(server, "jos\u00e9"));
    expect(protectedUser(server, "jose")).not.toEqual(protectedUser(server, "jos\u00e9"));
    expect(protectedUser(server, "ana")).not.toEqual(one);
  });

  it("does not depend on the password", () => {
    expect(protectedAccountOf(withPassword("x"))).toEqual(protectedAccountOf(withPassword("y")));
  });

  it("is one for each API key, in its exact case, and no user's of that name", () => {
    expect(protectedAccountOf(withKey("key-a"))).toEqual(protectedAccountOf(withKey("key-a")));
    const accounts = ["key-a", "key-b", "KEY-A"].map((key) => protectedAccountOf(withKey(key)).account);
    expect(new Set([...accounts, protectedUser(server, "key-a").account]).size).toBe(4);
    expect(protectedAccountOf(withKey("key-a")).baseUrl).toBe(server);
  });
});

describe("a secret's fingerprint", () => {
  it("is equal for equal secrets only", () => {
    expect(protectedSecretOf(withPassword("x"))).toBe(protectedSecretOf(withPassword("x")));
    expect(protectedSecretOf(withPassword("x"))).not.toBe(protectedSecretOf(withPassword("X")));
    expect(protectedSecretOf(withKey("x"))).not.toBe(protectedSecretOf(withKey("y")));
  });
});

it("fingerprints are keyed, and an update keeps them, or every refusal so far would be forgotten", () => {
  const key = hkdfSync("sha256", portalKeys().authSecret, "", "latchkey/1/sign-in-guard", 32);
  const keyed = (text: string) => createHmac("sha256", Buffer.from(key)).update(text).digest("base64url");
  expect(protectedUser(server, "JCitizen").account).toBe(keyed("basic account:jcitizen"));
  expect(protectedAccountOf(withKey("key-A")).account).toBe(keyed("bearer account:key-A"));
  expect(protectedSecretOf(withPassword("x"))).toBe(keyed("secret:x"));
});
