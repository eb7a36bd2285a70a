import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { allAccounts, allKeys, sandboxAccounts, sandboxKeys } from "./accounts";
import { ask, basic, bearer } from "./ask";
import { certificateServers } from "./certificate-servers";
import { html } from "./html";
import { instanceDescriptions } from "./instances";
import { type Sandbox, startSandbox } from "./start";

const { jane } = sandboxAccounts;
const form = { "content-type": "application/x-www-form-urlencoded" };
let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
beforeEach(() => sandbox.reset());
afterAll(() => sandbox.close());

const show = () => ask(sandbox.consoleUrl);
const control = (path: string, body: unknown, headers = {}) =>
  ask(`${sandbox.consoleUrl}/${path}`, { method: "POST", body, headers });
const signIn = (password: string) =>
  ask(`${sandbox.origin}/rest/api/1.0/users`, { authorization: basic(jane.name, password) });
async function lockJane() {
  for (let turn = 0; turn < 5; turn += 1) await signIn("wrong");
}

test("the page shows every address, account and key to type in, without a script", async () => {
  const page = await show();
  expect(page.status).toBe(200);
  for (const { path } of instanceDescriptions)
    expect(page.text).toContain(`<code>${sandbox.url(path)}</code>`);
  for (const { name } of certificateServers) expect(page.text).toContain(`<code>${sandbox.url(name)}</code>`);
  for (const { name } of allAccounts) expect(page.text).toContain(`<code>${name}</code>`);
  for (const { value } of allKeys) expect(page.text).toContain(`<code>${value}</code>`);
  expect(page.text).not.toContain("<script");
  expect(page.headers["content-security-policy"]).toContain("default-src 'none'");
});

test("text from a client appears as text, never as markup", async () => {
  const attack = `<img src=x onerror="alert('1')">`;
  await ask(`${sandbox.origin}/rest/${attack.replaceAll(" ", "/")}?filter=${encodeURIComponent(attack)}`);
  const page = await show();
  expect(page.text).not.toContain("<img");
  expect(page.text).toContain("&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt;");
});

test("every value in a template is escaped unless a template made it", () => {
  expect(html`<p title="${`"&'<>`}">${html`<b>${1}</b>`}${[html`<i>x</i>`]}</p>`.source).toBe(
    '<p title="&quot;&amp;&#39;&lt;&gt;"><b>1</b><i>x</i></p>',
  );
});

test("a locked account is shown and cleared with its button", async () => {
  await lockJane();
  expect((await show()).text).toContain("Locked</span>");
  const pressed = await control("clear-captcha", `instance=%2F&account=${jane.name}`, form);
  expect([pressed.status, pressed.headers.location]).toEqual([303, "/_sandbox"]);
  expect((await show()).text).not.toContain("Locked</span>");
  expect((await signIn(jane.password)).status).toBe(200);
});

test("a key is revoked at every server with its button, shown as such, and restored with the other one", async () => {
  const { name, value } = sandboxKeys.janeWrite;
  const uses = () =>
    Promise.all(
      ["/", "/bitbucket"].map(async (path) => {
        const url = `${sandbox.url(path).replace(/\/$/, "")}/rest/api/1.0/users`;
        return (await ask(url, { authorization: bearer(value) })).status;
      }),
    );
  const press = (button: string) => control(button, `key=${name}`, form);
  const button = (of: string) => `aria-label="${of} ${name}"`;
  expect(await uses()).toEqual([200, 200]);
  const pressed = await press("revoke-key");
  expect([pressed.status, pressed.headers.location]).toEqual([303, "/_sandbox"]);
  expect(await uses()).toEqual([401, 401]);
  const page = (await show()).text;
  expect([page.includes(button("Revoke")), page.includes(button("Restore"))]).toEqual([false, true]);
  await press("restore-key");
  expect(await uses()).toEqual([200, 200]);
  expect((await show()).text).toContain(button("Revoke"));
  expect((await control("revoke-key", "key=unheardOf", form)).status).toBe(404);
});

test("the page counts sign-in attempts per account and groups requests by connection, newest first", async () => {
  await signIn("wrong");
  await signIn(jane.password);
  const { text } = await show();
  await ask(`${sandbox.origin}/status`);
  expect((await show()).text).not.toContain("<td>nobody known</td>");
  expect(text).toContain("<tr><td>/</td><td>jcitizen</td><td>2</td><td>1</td></tr>");
  const [older, newer] = sandbox.journal().map((entry) => text.indexOf(`Connection ${entry.connection}<`));
  expect(newer).toBeGreaterThan(0);
  expect(older).toBeGreaterThan(newer ?? 0);
});

test("the journal is available as JSON, by instance and since an entry, with its latest number", async () => {
  await signIn("wrong");
  await ask(`${sandbox.url("/ten")}/status`);
  const [first] = sandbox.journal();
  const path = `${sandbox.consoleUrl}/journal.json`;
  expect((await ask(`${path}?instance=/ten`)).json).toMatchObject({ entries: [{ instance: "/ten" }] });
  expect((await ask(`${path}?since=${first?.n}`)).json).toMatchObject({
    entries: [{ instance: "/ten" }],
    latest: (first?.n ?? 0) + 1,
  });
  expect((await ask(`${path}?since=x`)).status).toBe(400);
});

test("settings change over HTTP, an invalid one is refused whole, and reset restores them", async () => {
  const state = async () => (await ask(`${sandbox.url("/ten")}/status`)).json;
  expect((await control("instances", { instance: "/ten", state: "STARTING", delayMs: 1 })).status).toBe(200);
  expect(await state()).toEqual({ state: "STARTING" });
  expect(
    (await control("instances", { instance: "/ten", state: "RUNNING", basicAuth: "maybe" })).status,
  ).toBe(400);
  expect((await control("instances", { instance: "/ten", unheardOf: 1 })).status).toBe(400);
  expect(await state()).toEqual({ state: "STARTING" });
  expect((await control("instances", { instance: "/nowhere", delayMs: 1 })).status).toBe(404);
  expect((await control("reset", {})).status).toBe(200);
  expect(await state()).toEqual({ state: "RUNNING" });
});

test("the page's switch turns Basic on and off", async () => {
  expect((await control("instances", "instance=%2F&basicAuth=false", form)).status).toBe(303);
  expect((await signIn(jane.password)).status).toBe(403);
});

test("a page of another site cannot press the buttons", async () => {
  await lockJane();
  const reply = await control("reset", "", { ...form, origin: "https://elsewhere.example" });
  expect(reply.status).toBe(403);
  expect(sandbox.journal()).toHaveLength(5);
  expect((await control("reset", "", { ...form, origin: sandbox.origin })).status).toBe(303);
});

test("requests to the console are not in the journal", async () => {
  await show();
  expect(sandbox.journal()).toEqual([]);
});

test("the page refreshes by itself only on request", async () => {
  expect((await show()).text).not.toContain('http-equiv="refresh"');
  expect((await ask(`${sandbox.consoleUrl}?refresh=5`)).text).toContain('http-equiv="refresh" content="5"');
});
