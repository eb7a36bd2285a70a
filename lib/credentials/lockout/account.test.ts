import { expect, it } from "vitest";
import { diagnoseBaseUrl } from "@/lib/connectors/bitbucket-server/base-url";
import { Secret } from "@/lib/secret";
import { protectedAccountOf, protectedUser } from "./account";

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
