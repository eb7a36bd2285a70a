import { buttonValue } from "@/e2e/html";
import { NoScriptClient } from "../e2e/no-script-client";
import { sandboxAccounts, sandboxKeys } from "../e2e/sandbox/accounts";
import { type Sandbox, startSandbox } from "../e2e/sandbox/start";

const form = "/sources/new/bitbucket-server/credentials/new";
const { jane, zoe, ana } = sandboxAccounts;

// The tiles differ in kind and server, as where several teams share a portal.
const kinds = [
  { username: jane.name, password: sandboxKeys.janeWrite.value, path: "/bitbucket" },
  { username: sandboxKeys.projectData.value, password: "", path: "/" },
  { username: zoe.name, password: zoe.password, path: "/stash" },
  { username: ana.name, password: ana.password, path: "/in-maintenance" },
];

/**
 * Signs a user up and adds `count` credentials through the portal's form, every fourth unproven. Returns the user's
 * cookies.
 */
export async function makeUser(origin: string, name: string, count: number): Promise<string> {
  const client = new NoScriptClient(origin);
  const email = `${name.toLowerCase()}@example.com`;
  await expectRedirect(client.submit("/sign-up", { name, email, password: `a long password of ${name}` }));
  const sandbox = await startSandbox();
  try {
    for (let index = 0; index < count; index += 1) await addCredential(client, sandbox, index);
  } finally {
    await sandbox.close();
  }
  return client
    .cookies()
    .map((cookie) => `${cookie.name}=${cookie.value}`)
    .join("; ");
}

async function addCredential(client: NoScriptClient, sandbox: Sandbox, index: number): Promise<void> {
  const kind = kinds[index % kinds.length] ?? kinds[0];
  if (!kind) return;
  const fields = {
    name: `Nightly export ${index + 1}`,
    description: `Reads the repositories of team ${index + 1}. Fresh every morning, by seven.`,
    baseUrl: sandbox.url(kind.path),
    username: kind.username,
    password: kind.password,
  };
  const answer = await client.submit(form, fields);
  if (answer.status === 303) return;
  const token = buttonValue(await answer.text(), "uncheckedToken");
  if (!token) throw new Error(`saving a credential at ${fields.baseUrl} answered ${answer.status}`);
  await expectRedirect(client.submit(form, fields, ["uncheckedToken", token]));
}

async function expectRedirect(sent: Promise<Response>): Promise<void> {
  const { status } = await sent;
  if (status !== 303) throw new Error(`a form answered ${status}`);
}
