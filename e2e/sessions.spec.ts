import { randomBytes } from "node:crypto";
import { encode } from "next-auth/jwt";
import { expect, test, type User } from "./fixtures";
import { NoScriptClient } from "./no-script-client";
import { callAction } from "./server-actions";

/** Signs the user in once more, in another browser. */
async function signInElsewhere({ email, password, client }: User): Promise<NoScriptClient> {
  const elsewhere = new NoScriptClient(client.origin);
  await elsewhere.submit("/sign-in", { email, password });
  expect((await elsewhere.get("/account")).status).toBe(200);
  return elsewhere;
}

function cookieOf(client: NoScriptClient): { name: string; value: string } {
  const cookie = client.cookies().find(({ name }) => name.endsWith("latchkey.session"));
  if (!cookie) throw new Error("there is no session's cookie");
  return cookie;
}

/** Expects that a request with only this cookie shows no page and runs no action. */
async function expectNobody(origin: string, cookie: string): Promise<void> {
  const page = await new NoScriptClient(origin).get("/account", { cookie });
  expect(page.status, cookie.slice(0, 80)).toBe(307);
  expect(page.headers.get("location")).toContain("/sign-in");
  const action = await callAction(
    new NoScriptClient(origin),
    "renameSelfAction",
    { name: "Taken over" },
    { cookie },
  );
  expect(action.code, cookie.slice(0, 80)).toBe("UNAUTHENTICATED");
}

test("31 a cookie that is replayed after sign-out opens no page and runs no action", async ({ user }) => {
  const elsewhere = await signInElsewhere(user);
  const { name, value } = cookieOf(elsewhere);
  await callAction(elsewhere, "signOutAction", {});
  await expectNobody(user.client.origin, `${name}=${value}`);
  expect((await user.client.get("/account")).status).toBe(200);
});

test("32 a new password ends the other sessions at their next request, pages and actions alike", async ({
  user,
}) => {
  const elsewhere = await signInElsewhere(user);
  const { name, value } = cookieOf(elsewhere);
  const fields = { currentPassword: user.password, newPassword: "a much better password" };
  await callAction(user.client, "changePasswordAction", fields);
  await expectNobody(user.client.origin, `${name}=${value}`);
  expect((await user.client.get("/account")).status).toBe(200);
});

const endings = {
  "being disabled": ["disableUserAction", {}],
  "another role": ["changeRoleAction", { role: "administrator" }],
  "being signed out everywhere": ["signOutEverywhereAction", {}],
} as const;

for (const [what, [action, fields]] of Object.entries(endings)) {
  test(`32 ${what} ends all sessions of a user at their next request, pages and actions alike`, async ({
    administrator,
    user,
  }) => {
    const cookies = [user.client, await signInElsewhere(user)].map(cookieOf);
    const userId = await idOf(administrator, user);
    await callAction(administrator.client, action, { userId, ...fields });
    for (const { name, value } of cookies) await expectNobody(user.client.origin, `${name}=${value}`);
  });
}

test("32 a former administrator's sessions end with the role", async ({ administrator, user }) => {
  const userId = await idOf(administrator, user);
  await callAction(administrator.client, "changeRoleAction", { userId, role: "administrator" });
  const former = await signInElsewhere(user);
  expect((await former.get("/admin/users")).status).toBe(200);
  const { name, value } = cookieOf(former);
  await callAction(administrator.client, "changeRoleAction", { userId, role: "member" });
  await expectNobody(user.client.origin, `${name}=${value}`);
});

test("34 each sign-in makes a new session, ends the browser's old one, and accepts no planted one", async ({
  user,
}) => {
  const { email, password, client } = user;
  const before = cookieOf(client);
  const again = new NoScriptClient(client.origin);
  const form = await again.fillIn("/sign-in", { email, password });
  const body = new URLSearchParams([...form.body].map(([name, value]) => [name, String(value)]));
  const csrf = again.cookies().map(({ name, value }) => `${name}=${value}`);
  const planted = [`${before.name}=${before.value}`, ...csrf].join("; ");
  await again.post(form.path, body, { cookie: planted });
  const after = cookieOf(again);
  expect(after.value).not.toBe(before.value);
  expect((await again.get("/account")).status).toBe(200);
  await expectNobody(client.origin, `${before.name}=${before.value}`);
});

test("35 forged tokens are refused: other keys, other algorithms, cut, altered and invented ones", async ({
  user,
}) => {
  const { name, value } = cookieOf(user.client);
  const sid = randomBytes(32).toString("base64url");
  const parts = value.split(".");
  const without = (at: number) => parts.map((part, index) => (index === at ? "" : part)).join(".");
  const altered = (at: number) => parts.map((part, index) => (index === at ? flipped(part) : part)).join(".");
  const part = (content: object) => Buffer.from(JSON.stringify(content)).toString("base64url");
  const forged = [
    await encode({ token: { sid }, secret: "a".repeat(40) }),
    await encode({ token: { sid }, secret: "0" }),
    `${part({ alg: "none" })}.${part({ sid })}.`,
    `${part({ alg: "HS256", typ: "JWT" })}.${part({ sid })}.${randomBytes(32).toString("base64url")}`,
    `${part({ alg: "dir", enc: "A256GCM" })}..${randomBytes(12).toString("base64url")}..`,
    ...parts.flatMap((original, at) => (original ? [without(at), altered(at)] : [])),
    value.slice(0, -4),
    `${value}.${value}`,
    sid,
    "null",
    "undefined",
    "x".repeat(4_000),
    "%00",
    "",
  ];
  for (const token of forged) await expectNobody(user.client.origin, `${name}=${token}`);
  expect((await user.client.get("/account")).status).toBe(200);
});

/** The same text with one middle character replaced by another of its alphabet. */
function flipped(text: string): string {
  const at = text.length >> 1;
  return `${text.slice(0, at)}${text[at] === "A" ? "B" : "A"}${text.slice(at + 1)}`;
}

async function idOf(administrator: User, { email }: User): Promise<string> {
  const answer = await administrator.client.get(`/admin/users?${new URLSearchParams({ q: email })}`);
  const id = /\/admin\/users\/([0-9a-f-]{36})/.exec(await answer.text())?.[1];
  if (!id) throw new Error("the administrator does not see this person");
  return id;
}
