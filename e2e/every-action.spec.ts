import { everyAction, isForVisitors } from "@/lib/testing/register/every-action";
import { expect, test } from "./fixtures";
import { NoScriptClient } from "./no-script-client";
import { actionIds, callAction, postToAction } from "./server-actions";

/** Without a session, only actions for visitors reach refusals of their own. */
const forUsers = everyAction.filter((action) => !isForVisitors(action)).map(({ name }) => name);

test("the build serves exactly the actions of the register", () => {
  expect([...actionIds().keys()].sort()).toEqual(everyAction.map(({ name }) => name).sort());
});

test("40 no action runs for a request from another origin", async ({ user }) => {
  test.slow();
  const { client } = user;
  const foreign = { origin: "https://elsewhere.example" };
  const from: Record<string, Record<string, string>> = {
    "no Origin": {},
    "no Origin, from a sibling site": { "sec-fetch-site": "same-site" },
    "no Origin, from another site": { "sec-fetch-site": "cross-site" },
    "an empty Origin": { origin: "" },
    "the Origin null": { origin: "null" },
    "a foreign Origin": foreign,
    "a foreign Origin with a forged host": {
      ...foreign,
      "x-forwarded-host": "elsewhere.example",
      "x-forwarded-proto": "https",
    },
    "an Origin that begins like our own": { origin: `${client.origin}.elsewhere.example` },
  };
  const cookie = client
    .cookies()
    .map(({ name, value }) => `${name}=${value}`)
    .join("; ");
  for (const [name, id] of actionIds()) {
    for (const [where, headers] of Object.entries(from)) {
      for (const body of ["[null,{}]", formOfScript()]) {
        const asText = typeof body === "string" ? { "content-type": "text/plain;charset=UTF-8" } : {};
        const answer = await fetch(new URL("/sign-in", client.origin), {
          method: "POST",
          body,
          headers: { cookie, "next-action": id, ...asText, ...headers },
          redirect: "manual",
        });
        expect(answer.status, `${name} from ${where}`).toBe(403);
        await answer.arrayBuffer();
      }
    }
  }
});

/** A form without fields, in React's encoding. */
function formOfScript(): FormData {
  const body = new FormData();
  body.append("0", '[null,"$K1"]');
  return body;
}

test("no action runs without a session", async ({ portalOrigin }) => {
  for (const name of forUsers) {
    const answer = await callAction(new NoScriptClient(portalOrigin), name, {});
    expect(answer.code, name).toBe("UNAUTHENTICATED");
  }
});

const oddArguments: [what: string, body: () => BodyInit][] = [
  ["no arguments", () => "[]"],
  ["no form", () => "[null,null]"],
  ["a number for the form", () => "[null,7]"],
  ["a prototype in JSON", () => '[null,{"__proto__":{"isAdministrator":true}}]'],
  ["arguments with an undefined state", () => '["$undefined"]'],
  ["more arguments than parameters", () => '[null,{},{},"x"]'],
];

// Each action is called seven times; more actions than this would exceed one user's rate limit.
const actionsPerUser = 30;

test("45 odd arguments to any action get a refusal, not a fault", async ({ user: first, anotherUser }) => {
  test.slow();
  let user = first;
  for (const [index, name] of forUsers.entries()) {
    if (index > 0 && index % actionsPerUser === 0) user = await anotherUser();
    for (const [what, body] of oddArguments) {
      const answer = await postToAction(user.client, name, body());
      expect(answer.status, `${name}, ${what}`).toBeLessThan(500);
      expect(answer.code, `${name}, ${what}`).toBe("INVALID_INPUT");
    }
    const polluted = await callAction(user.client, name, {
      __proto__: "x",
      constructor: "y",
      ownerId: "z",
    });
    expect(polluted.code, `${name}, names that every object has`).toBe("INVALID_INPUT");
  }
});
