import type { User } from "./fixtures";
import { NoScriptClient } from "./no-script-client";
import { seedCredential, sentSource } from "./page-objects";
import { rightCredential } from "./refusals";
import type { Sandbox } from "./sandbox/start";
import { callAction } from "./server-actions";

/** The users of the matrix, with their rights to the shared items. */
export const principals = {
  owner: { credential: "owner", endpoint: "owner", team: "owner" },
  administrator: { credential: "administrator", endpoint: "administrator", team: null },
  collaborator: { credential: "collaborator", endpoint: "collaborator", team: null },
  operator: { credential: null, endpoint: "operator", team: null },
  "through a team": { credential: "collaborator", endpoint: "collaborator", team: "member" },
  "through two teams": { credential: "administrator", endpoint: "administrator", team: "member" },
  "former member": { credential: null, endpoint: null, team: null },
  "proposed by an administrator": { credential: null, endpoint: null, team: null },
  "other user": { credential: null, endpoint: null, team: null },
  "portal administrator": { credential: null, endpoint: null, team: "administrator" },
  "disabled user": null,
  nobody: null,
} as const;
export type PrincipalName = keyof typeof principals;

/** The items with rights: a credential, a source that uses it, and a team. */
export type Things = { credential: string; endpoint: string; team: string };

/** The users and items of the matrix. */
export type RightsFixture = {
  clients: Record<PrincipalName, NoScriptClient>;
  /** The owner's items, shared with the users. */
  granted: Things;
  /** The unshared items of each user. */
  own: Partial<Record<PrincipalName, Things>>;
  /** Another user's items, shared with none of them. */
  others: Things;
  /** An ended grant on each shared item, and the user whom it was for. */
  endedGrant: { credential: string; endpoint: string };
  /** Another user, for administrators to act on. */
  spare: string;
  /** Makes another source of the owner's, shared in the same way. */
  shareAnotherEndpoint: () => Promise<string>;
};

/** Makes the fixture through the portal's own actions. */
export async function makeFixture(
  administrator: User,
  newUser: () => Promise<User>,
  sandbox: Sandbox,
): Promise<RightsFixture> {
  const { origin } = administrator.client;
  const users = new Map<PrincipalName, User>();
  const names = Object.keys(principals) as PrincipalName[]; // Object.keys loses the names' type.
  for (const name of names) if (name !== "nobody") users.set(name, await newUser());
  const clientOf = (name: PrincipalName) => users.get(name)?.client ?? new NoScriptClient(origin);
  const ids = new Map<PrincipalName, string>();
  for (const [name, { email }] of users) ids.set(name, await userId(administrator.client, email));
  const idOf = (name: PrincipalName) => ids.get(name) ?? crypto.randomUUID();

  // The matrix has an administrator of its own, so that other tests' sessions are left alone.
  await mustDo(administrator.client, "changeRoleAction", {
    userId: idOf("portal administrator"),
    role: "administrator",
  });
  await signIn(users.get("portal administrator"));

  const owner = clientOf("owner");
  const granted = await makeThings(owner, sandbox, "Granted");
  const second = await addTeam(owner, "Second");
  for (const name of ["through a team", "through two teams", "former member"] as const) {
    await mustDo(owner, "addMemberAction", { teamId: granted.team, email: users.get(name)?.email ?? "" });
  }
  await mustDo(owner, "addMemberAction", {
    teamId: second,
    email: users.get("through two teams")?.email ?? "",
  });
  await mustDo(owner, "removeMemberAction", { teamId: granted.team, userId: idOf("former member") });
  await mustDo(clientOf("portal administrator"), "addMemberAction", {
    teamId: granted.team,
    email: users.get("proposed by an administrator")?.email ?? "",
  });

  const shareWithAll = async (kind: "credential" | "endpoint", id: string) => {
    const share = (grantee: string, role: string) =>
      mustDo(owner, "shareAction", { kind, id, grantee, role });
    await share(`person:${idOf("administrator")}`, "administrator");
    await share(`person:${idOf("collaborator")}`, "collaborator");
    // The credential is already shared with the team.
    if (kind === "endpoint") await share(`team:${granted.team}`, "collaborator");
    await share(`team:${second}`, "administrator");
    if (kind === "endpoint") await share(`person:${idOf("operator")}`, "operator");
  };
  const endedGrant = { credential: "", endpoint: "" };
  for (const kind of ["credential", "endpoint"] as const) {
    const thing = { kind, id: granted[kind] };
    const grantee = `person:${idOf("other user")}`;
    await mustDo(owner, "shareAction", { ...thing, grantee, role: "collaborator" });
    endedGrant[kind] = await grantIdOn(owner, kind, granted[kind]);
    await mustDo(owner, "revokeAction", { ...thing, grantId: endedGrant[kind] });
    await shareWithAll(kind, granted[kind]);
    const later = { grantee: `person:${idOf("disabled user")}`, role: "administrator" };
    await mustDo(owner, "shareAction", { ...thing, ...later });
  }
  await mustDo(administrator.client, "disableUserAction", { userId: idOf("disabled user") });

  const own: RightsFixture["own"] = {};
  for (const name of names) {
    if (principals[name]) own[name] = await makeThings(clientOf(name), sandbox, "Own");
  }
  const outsider = await newUser();
  const others = await makeThings(outsider.client, sandbox, "Another's");
  const clients = Object.fromEntries(names.map((name) => [name, clientOf(name)])) as RightsFixture["clients"]; // Every name has one.
  return {
    clients,
    granted,
    own,
    others,
    endedGrant,
    spare: await userId(administrator.client, (await newUser()).email),
    shareAnotherEndpoint: async () => {
      const id = await addEndpoint(owner, granted.credential, `Another ${crypto.randomUUID()}`);
      await shareWithAll("endpoint", id);
      return id;
    },
  };
}

/** One of each item for a user, the credential shared with the team. */
export async function makeThings(client: NoScriptClient, sandbox: Sandbox, name: string): Promise<Things> {
  const credential = await seedCredential({ client }, { ...rightCredential(sandbox), name });
  const endpoint = await addEndpoint(client, credential, name);
  const team = await addTeam(client, name);
  const held = { kind: "credential", id: credential, grantee: `team:${team}`, role: "collaborator" };
  await mustDo(client, "shareAction", held);
  return { credential, endpoint, team };
}

async function addEndpoint(client: NoScriptClient, credentialId: string, name: string): Promise<string> {
  const source = { ...sentSource, credentialId };
  return idIn((await mustDo(client, "addEndpointAction", { ...source, name, description: "" })).location);
}

// A change of role ends the user's sessions.
async function signIn(user: User | undefined): Promise<void> {
  const { email = "", password = "" } = user ?? {};
  await user?.client.submit("/sign-in", { email, password });
}

async function addTeam(client: NoScriptClient, name: string): Promise<string> {
  const unique = `${name} ${crypto.randomUUID()}`;
  return idIn((await mustDo(client, "addTeamAction", { name: unique, description: "" })).location);
}

async function mustDo(client: NoScriptClient, action: string, fields: Record<string, string>) {
  const answer = await callAction(client, action, fields);
  if (answer.code !== "ok")
    throw new Error(`${action} answered ${answer.code}: ${answer.text.slice(0, 300)}`);
  return answer;
}

function idIn(text: string): string {
  const id = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/.exec(text)?.[0];
  if (!id) throw new Error(`there is no id in “${text}”`);
  return id;
}

/** The id of a user, as an administrator finds it. */
export async function userId(administrator: NoScriptClient, email: string): Promise<string> {
  const page = await (await administrator.get(`/admin/users?q=${encodeURIComponent(email)}`)).text();
  return idIn(/\/admin\/users\/[0-9a-f-]{36}/.exec(page)?.[0] ?? "");
}

async function grantIdOn(
  owner: NoScriptClient,
  kind: "credential" | "endpoint",
  id: string,
): Promise<string> {
  const page = await (
    await owner.get(`/${kind === "credential" ? "credentials" : "sources"}/${id}/share`)
  ).text();
  return idIn(/name="grantId" value="[^"]+"/.exec(page)?.[0] ?? "");
}
