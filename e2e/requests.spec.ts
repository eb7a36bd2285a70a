import { expect, test, type User } from "./fixtures";
import { type FilledForm, NoScriptClient } from "./no-script-client";
import { addCredentialPath, detailsPath, formFields, seedCredential, tileNames } from "./page-objects";
import { rightCredential } from "./refusals";
import type { Sandbox } from "./sandbox/start";

type Change = {
  what: string;
  /** Prepares the change as a form of the portal would send it. */
  prepare: (user: User, sandbox: Sandbox) => Promise<{ client: NoScriptClient; form: FilledForm }>;
  /** Whether the change has happened. */
  happened: (user: User) => Promise<boolean>;
};

const newcomer = { name: "New Comer", password: "a long enough password" };
const emailOf = (user: User) => `new-${user.email}`;

/** Every change that a form of the portal can make. */
const changes: Change[] = [
  {
    what: "signing up",
    prepare: async (user) => {
      const client = new NoScriptClient(user.client.origin);
      return { client, form: await client.fillIn("/sign-up", { ...newcomer, email: emailOf(user) }) };
    },
    happened: async (user) => {
      const client = new NoScriptClient(user.client.origin);
      await client.submit("/sign-in", { email: emailOf(user), password: newcomer.password });
      return (await client.get("/")).status === 200;
    },
  },
  {
    what: "signing out",
    prepare: async ({ client }) => ({ client, form: await client.fillIn("/", {}) }),
    happened: async ({ client }) => (await client.get("/")).status !== 200,
  },
  {
    what: "adding a credential",
    prepare: async ({ client }, sandbox) => ({
      client,
      form: await client.fillIn(addCredentialPath, formFields(rightCredential(sandbox))),
    }),
    happened: async (user) => (await tileNames(user)).length > 0,
  },
  {
    what: "adding a data source",
    prepare: async (user, sandbox) => {
      const id = await seedCredential(user, rightCredential(sandbox));
      const form = await user.client.fillIn(detailsPath(id), { name: "Forged", description: "" });
      return { client: user.client, form };
    },
    happened: async ({ client }) => (await (await client.get("/sources")).text()).includes("Forged"),
  },
];

const own = (origin: string) => ({ origin });
const notOwn: Record<string, Record<string, string>> = {
  "no Origin": {},
  "the Origin null": { origin: "null" },
  "a foreign Origin": { origin: "https://elsewhere.example" },
  "a foreign Origin that X-Forwarded-Host vouches for": {
    origin: "https://elsewhere.example",
    "x-forwarded-host": "elsewhere.example",
    "x-forwarded-proto": "https",
  },
  "no Origin, from a sibling site": { "sec-fetch-site": "same-site" },
};

/** Posts with exactly these headers and the client's cookies; fetch adds no Origin itself. */
function send(
  { client, path }: { client: NoScriptClient; path: string },
  body: FormData | string | URLSearchParams,
  headers: Record<string, string>,
): Promise<Response> {
  const cookie = client
    .cookies()
    .map(({ name, value }) => `${name}=${value}`)
    .join("; ");
  return fetch(new URL(path, client.origin), {
    method: "POST",
    body,
    headers: { cookie, ...headers },
    redirect: "manual",
  });
}

for (const { what, prepare, happened } of changes) {
  test(`${what} is refused with 403, and does not happen, unless it comes from the portal's own pages`, async ({
    user,
    sandbox,
  }) => {
    const { client, form } = await prepare(user, sandbox);
    for (const [from, headers] of Object.entries(notOwn)) {
      const answer = await send({ client, path: form.path }, form.body, headers);
      expect(answer.status, from).toBe(403);
      const asText = await send({ client, path: form.path }, textOf(form.body), {
        ...headers,
        "content-type": "text/plain",
      });
      expect(asText.status, `${from}, as text/plain`).toBe(403);
    }
    const asText = await send({ client, path: form.path }, textOf(form.body), {
      ...own(client.origin),
      "content-type": "text/plain",
    });
    expect(asText.status, "own Origin, as text/plain").toBeLessThan(500);
    expect(await happened(user)).toBe(false);

    const answer = await send({ client, path: form.path }, form.body, own(client.origin));
    expect(answer.status, "own Origin").toBe(303);
    expect(await happened(user)).toBe(true);
  });
}

test("40 signing in is refused with 403 unless it comes from the portal's own pages", async ({ user }) => {
  const client = new NoScriptClient(user.client.origin);
  const { email, password } = user;
  const form = await client.fillIn("/sign-in", { email, password });
  const body = new URLSearchParams(textOf(form.body));
  for (const [from, headers] of Object.entries(notOwn)) {
    const answer = await send({ client, path: form.path }, body, headers);
    expect(answer.status, from).toBe(403);
    expect(answer.headers.getSetCookie(), from).toEqual([]);
  }
});

/** The id by which scripts call this form's action. */
function actionId(form: FilledForm): string {
  const text = [...form.body.values()].find(
    (value): value is string => typeof value === "string" && value.includes('"id"'),
  );
  const id = /"id":"([0-9a-f]+)"/.exec(text ?? "")?.[1];
  if (!id) throw new Error("the form names no action");
  return id;
}

test("45 no posted body breaks an action or stores anything, and the portal goes on", async ({
  user,
  sandbox,
}) => {
  const { client } = user;
  const typed = formFields(rightCredential(sandbox));
  const form = await client.fillIn(addCredentialPath, typed);
  const id = actionId(form);
  const headers = own(client.origin);
  const byScript = { ...headers, "next-action": id, "content-type": "text/plain;charset=UTF-8" };
  const withField = (name: string, value: string | Blob, ...left: string[]) => {
    const body = new FormData();
    for (const [key, kept] of form.body) if (!left.includes(key)) body.append(key, kept);
    body.set(name, value);
    return body;
  };
  const without = (...names: string[]) => withField("x", "", ...names);
  const odd: Record<string, [FormData | string, Record<string, string>]> = {
    "a megabyte in a field": [withField("description", "x".repeat(1024 * 1024)), headers],
    "a megabyte by script": [JSON.stringify([null, { name: "x".repeat(1024 * 1024) }]), byScript],
    "no fields": [without(...Object.keys(typed)), headers],
    "half a wizard": [without("connector"), headers],
    "another connector": [withField("connector", "../../etc/passwd"), headers],
    "a file as a name": [withField("name", new Blob(["a file"])), headers],
    "a field __proto__ and no name": [withField("__proto__", "polluted", "name"), headers],
    "NUL in a name": [withField("name", "a\0b"), headers],
    "JSON as arguments": [JSON.stringify([null, { __proto__: null, name: [1], baseUrl: {} }]), byScript],
    "a prototype in JSON": ['[null,{"__proto__":{"isAdmin":true},"name":"x"}]', byScript],
    "no arguments": ["[]", byScript],
    "an action that is none": ["[]", { ...byScript, "next-action": "0".repeat(id.length) }],
    "an action of odd shape": ["[]", { ...byScript, "next-action": "__proto__" }],
  };
  // Next cannot decode these, and responds with 500 before any code of ours is called.
  const unreadable = ["{", '["$F1","$Q9","$@7"]', ""];
  for (const body of unreadable) {
    expect((await send({ client, path: form.path }, body, byScript)).status).toBeGreaterThanOrEqual(400);
  }
  const failed: string[] = [];
  for (const [what, [body, sent]] of Object.entries(odd)) {
    const answer = await send({ client, path: form.path }, body, sent);
    await answer.arrayBuffer();
    if (answer.status >= 500) failed.push(`${what}: ${answer.status}`);
  }
  expect(await tileNames(user)).toEqual([]);
  await seedCredential(user, rightCredential(sandbox));
  expect(await tileNames(user)).toEqual(["Fernwood"]);
  expect(failed).toEqual([]);
});

function textOf(body: FormData): string {
  const pairs = [...body].filter((pair): pair is [string, string] => typeof pair[1] === "string");
  return new URLSearchParams(pairs).toString();
}
