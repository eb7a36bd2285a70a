import { makeDemoSource } from "../demo-source";
import { type FilledPortal, startFilledPortal } from "../filled-destination";
import { NoScriptClient } from "../no-script-client";
import { seedCredential, seedUnproven } from "../page-objects";
import { makePortalHome } from "../portal-home";
import { rightCredential } from "../refusals";
import { userId } from "../rights-fixture";
import { sandboxAccounts, sandboxKeys } from "../sandbox/accounts";
import { type Sandbox, startSandbox } from "../sandbox/start";
import type { User } from "../seeded-accounts";
import { callAction } from "../server-actions";

/** Who looks at a page: somebody with everything, somebody with nothing yet, or nobody. */
export type Viewer = "dana" | "newcomer" | "visitor";

/** A portal of which every page has something to show. Its ids are the ones that addresses need. */
export type PicturedPortal = {
  readonly origin: string;
  readonly clients: Readonly<Record<Viewer, NoScriptClient>>;
  readonly credential: string;
  readonly rejected: string;
  readonly endpoint: string;
  readonly run: string;
  readonly team: string;
  readonly person: string;
  /** Paths below `/destinations`. */
  readonly written: string;
  readonly dryRun: string;
  readonly stop: () => Promise<void>;
};

// Addresses stand on the pages, so they are the same in every run.
const portalPort = 11_390;
const sandboxPort = 11_400;
const password = "open sesame, latchkey";
const longName =
  "Everything that the payments department reads from Bitbucket every night, month-end closing included";

/** Starts such a portal with its sandbox. The first account of a portal is its administrator. */
export async function startPicturedPortal(): Promise<PicturedPortal> {
  const sandbox = await startSandbox({ port: sandboxPort });
  const home = await makePortalHome();
  const settings = { ...home.settings, port: portalPort };
  const names = ["Dana Whitfield", "Sam Okafor", "Noor Newcomer"];
  const signUp = (origin: string) => signUpAs(origin, names.shift() ?? "");
  const filled = await startFilledPortal(sandbox, { ...home, settings }, signUp);
  const stop = async () => {
    await filled.stop();
    await sandbox.close();
  };
  try {
    return { ...(await fill(filled, sandbox, signUp)), stop };
  } catch (error) {
    // Its port would be taken for the next run.
    await stop();
    throw error;
  }
}

async function fill(
  { portal, user, stranger, write, merges }: FilledPortal,
  sandbox: Sandbox,
  signUp: (origin: string) => Promise<User>,
): Promise<Omit<PicturedPortal, "stop">> {
  const { origin } = portal;
  const dana = user.client;
  const newcomer = await signUp(origin);
  const credential = await seedCredential(
    { client: dana },
    { ...rightCredential(sandbox), name: "Storefront" },
  );
  const team = await seedTeam(dana, stranger);
  const toTeam = { kind: "credential", id: credential, grantee: `team:${team}`, role: "collaborator" };
  await callAction(dana, "shareAction", toTeam);
  await seedCredentials(dana, sandbox);
  const rejected = await seedRejected(dana, sandbox);
  const source = await makeDemoSource(dana, sandbox, { evenBesideOthers: true });
  const endpoint = source?.address.split("/").at(-1) ?? "";
  return {
    origin,
    clients: { dana, newcomer: newcomer.client, visitor: new NoScriptClient(origin) },
    ...{ credential, rejected, endpoint, team },
    run: await newestRunOf(dana, endpoint),
    person: await userId(dana, newcomer.email),
    written: `${write.endpointId}/runs/${write.runId}`,
    dryRun: `${merges.endpointId}/runs/${merges.runId}`,
  };
}

async function signUpAs(origin: string, name: string): Promise<User> {
  const client = new NoScriptClient(origin);
  const account = { name, email: `${name.split(" ")[0]?.toLowerCase()}@example.com`, password };
  await client.submit("/sign-up", account);
  return { ...account, client };
}

async function seedTeam(owner: NoScriptClient, member: User): Promise<string> {
  const about = { name: "Payments", description: "Everybody who keeps the ledger running" };
  const { location } = await callAction(owner, "addTeamAction", about);
  const team = location.split("/").at(-1)?.split("?")[0] ?? "";
  await callAction(owner, "addMemberAction", { teamId: team, email: member.email });
  return team;
}

async function seedCredentials(client: NoScriptClient, sandbox: Sandbox): Promise<void> {
  const { tam, jane } = sandboxAccounts;
  await seedCredential(
    { client },
    {
      ...{ name: "Archive, read only", description: "Old repositories, for audits" },
      ...{ baseUrl: sandbox.url("/stash"), username: tam.name, password: tam.password },
    },
  );
  await seedCredential(
    { client },
    {
      ...{ name: longName, description: `${longName}. `.repeat(4).trim() },
      ...{ baseUrl: sandbox.url("/"), username: jane.name, password: jane.password },
    },
  );
  await seedUnproven(
    { client },
    {
      ...{ name: "Research cluster", description: "Under maintenance until Monday" },
      ...{
        baseUrl: sandbox.url("/in-maintenance"),
        username: "svc-research",
        password: "to be proven later",
      },
    },
  );
}

/** A credential whose key was revoked in Bitbucket, and whose next check has found that. */
async function seedRejected(client: NoScriptClient, sandbox: Sandbox): Promise<string> {
  const id = await seedCredential(
    { client },
    {
      ...{ name: "Ledger of last year", description: "Its key was revoked" },
      ...{ baseUrl: sandbox.url("/"), username: sandboxKeys.janeWrite.value },
    },
  );
  sandbox.instance("/").disturbances.revokeKey("janeWrite");
  await callAction(client, "checkCredentialAction", { credentialId: id });
  return id;
}

async function newestRunOf(client: NoScriptClient, source: string): Promise<string> {
  const html = await (await client.get(`/sources/${source}/runs`)).text();
  const run = /\/runs\/([0-9a-f-]{36})/.exec(html)?.[1];
  if (!run) throw new Error("the source has not run");
  return run;
}
