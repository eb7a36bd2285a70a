import type { Person } from "./fixtures";
import { signUpSomebody } from "./fixtures";
import { rightCredential } from "./refusals";
import type { Sandbox } from "./sandbox/start";
import { callAction } from "./server-actions";
import { seedCredential } from "./steps";
import { Visitor } from "./visitor";

/** Everybody whom the matrix asks, and what each of them is to the things that were shared. */
export const principals = {
  owner: { credential: "owner", flow: "owner", team: "owner" },
  administrator: { credential: "administrator", flow: "administrator", team: null },
  collaborator: { credential: "collaborator", flow: "collaborator", team: null },
  operator: { credential: null, flow: "operator", team: null },
  "through a team": { credential: "collaborator", flow: "collaborator", team: "member" },
  "through two teams": { credential: "administrator", flow: "administrator", team: "member" },
  "former member": { credential: null, flow: null, team: null },
  "proposed by an administrator": { credential: null, flow: null, team: null },
  "other user": { credential: null, flow: null, team: null },
  "portal administrator": { credential: null, flow: null, team: "administrator" },
  "disabled user": null,
  nobody: null,
} as const;
export type PrincipalName = keyof typeof principals;

/** One credential with a source that uses it, and a team: what there is to have rights on. */
export type Things = { credential: string; flow: string; team: string };

/** All that the matrix asks about. */
export type World = {
  visitors: Record<PrincipalName, Visitor>;
  /** What was shared with them, by its owner. */
  granted: Things;
  /** What each of them has alone. */
  own: Partial<Record<PrincipalName, Things>>;
  /** What nobody else was given. */
  others: Things;
  /** A grant on each shared thing that has ended, and the user whom it was for. */
  endedGrant: { credential: string; flow: string };
  /** A user who is none of them, for administrators to act on. */
  spare: string;
  /** Another source of the owner's, shared in the same way. */
  shareAnotherFlow: () => Promise<string>;
};

/** Makes all of it through the portal's own actions. */
export async function makeWorld(origin: string, administrator: Person, sandbox: Sandbox): Promise<World> {
  const people = new Map<PrincipalName, Person>();
  const names = Object.keys(principals) as PrincipalName[]; // Object.keys forgets the names' type.
  for (const name of names) if (name !== "nobody") people.set(name, await signUpSomebody(origin));
  const visitorOf = (name: PrincipalName) => people.get(name)?.visitor ?? new Visitor(origin);
  const ids = new Map<PrincipalName, string>();
  for (const [name, { email }] of people) ids.set(name, await userId(administrator.visitor, email));
  const idOf = (name: PrincipalName) => ids.get(name) ?? crypto.randomUUID();

  // An administrator of the matrix's own, so that the others' sessions are left alone.
  await mustDo(administrator.visitor, "changeRoleAction", {
    personId: idOf("portal administrator"),
    role: "administrator",
  });
  await signIn(people.get("portal administrator"));

  const owner = visitorOf("owner");
  const granted = await makeThings(owner, sandbox, "Granted");
  const second = await addTeam(owner, "Second");
  for (const name of ["through a team", "through two teams", "former member"] as const) {
    await mustDo(owner, "addMemberAction", { teamId: granted.team, email: people.get(name)?.email ?? "" });
  }
  await mustDo(owner, "addMemberAction", {
    teamId: second,
    email: people.get("through two teams")?.email ?? "",
  });
  await mustDo(owner, "removeMemberAction", { teamId: granted.team, userId: idOf("former member") });
  await mustDo(visitorOf("portal administrator"), "addMemberAction", {
    teamId: granted.team,
    email: people.get("proposed by an administrator")?.email ?? "",
  });

  const shareWithAll = async (kind: "credential" | "flow", id: string) => {
    const share = (holder: string, role: string) => mustDo(owner, "shareAction", { kind, id, holder, role });
    await share(`person:${idOf("administrator")}`, "administrator");
    await share(`person:${idOf("collaborator")}`, "collaborator");
    // The credential was shared with it from the start.
    if (kind === "flow") await share(`team:${granted.team}`, "collaborator");
    await share(`team:${second}`, "administrator");
    if (kind === "flow") await share(`person:${idOf("operator")}`, "operator");
  };
  const endedGrant = { credential: "", flow: "" };
  for (const kind of ["credential", "flow"] as const) {
    const thing = { kind, id: granted[kind] };
    const holder = `person:${idOf("other user")}`;
    await mustDo(owner, "shareAction", { ...thing, holder, role: "collaborator" });
    endedGrant[kind] = await grantIdOn(owner, kind, granted[kind]);
    await mustDo(owner, "revokeAction", { ...thing, grantId: endedGrant[kind] });
    await shareWithAll(kind, granted[kind]);
    const later = { holder: `person:${idOf("disabled user")}`, role: "administrator" };
    await mustDo(owner, "shareAction", { ...thing, ...later });
  }
  await mustDo(administrator.visitor, "disablePersonAction", { personId: idOf("disabled user") });

  const own: World["own"] = {};
  for (const name of names) {
    if (principals[name]) own[name] = await makeThings(visitorOf(name), sandbox, "Own");
  }
  const stranger = await signUpSomebody(origin);
  const others = await makeThings(stranger.visitor, sandbox, "Another's");
  const visitors = Object.fromEntries(names.map((name) => [name, visitorOf(name)])) as World["visitors"]; // One for each name.
  return {
    visitors,
    granted,
    own,
    others,
    endedGrant,
    spare: await userId(administrator.visitor, (await signUpSomebody(origin)).email),
    shareAnotherFlow: async () => {
      const id = await addFlow(owner, granted.credential, `Another ${crypto.randomUUID()}`);
      await shareWithAll("flow", id);
      return id;
    },
  };
}

/** One of each thing of a person's own, the credential shared with the team. */
export async function makeThings(visitor: Visitor, sandbox: Sandbox, name: string): Promise<Things> {
  const credential = await seedCredential({ visitor }, { ...rightCredential(sandbox), name });
  const flow = await addFlow(visitor, credential, name);
  const team = await addTeam(visitor, name);
  const held = { kind: "credential", id: credential, holder: `team:${team}`, role: "collaborator" };
  await mustDo(visitor, "shareAction", held);
  return { credential, flow, team };
}

async function addFlow(visitor: Visitor, credentialId: string, name: string): Promise<string> {
  const source = { direction: "source", connector: "bitbucket-server", credentialId };
  return idIn((await mustDo(visitor, "addFlowAction", { ...source, name, description: "" })).location);
}

// A change of role ends the sessions of the one whose role it is.
async function signIn(person: Person | undefined): Promise<void> {
  const { email = "", password = "" } = person ?? {};
  await person?.visitor.submit("/sign-in", { email, password });
}

async function addTeam(visitor: Visitor, name: string): Promise<string> {
  const unique = `${name} ${crypto.randomUUID()}`;
  return idIn((await mustDo(visitor, "addTeamAction", { name: unique, description: "" })).location);
}

async function mustDo(visitor: Visitor, action: string, fields: Record<string, string>) {
  const answer = await callAction(visitor, action, fields);
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
export async function userId(administrator: Visitor, email: string): Promise<string> {
  const page = await (await administrator.get(`/admin/users?q=${encodeURIComponent(email)}`)).text();
  return idIn(/\/admin\/users\/[0-9a-f-]{36}/.exec(page)?.[0] ?? "");
}

async function grantIdOn(owner: Visitor, kind: "credential" | "flow", id: string): Promise<string> {
  const page = await (
    await owner.get(`/${kind === "credential" ? "credentials" : "sources"}/${id}/share`)
  ).text();
  return idIn(/name="grantId" value="[^"]+"/.exec(page)?.[0] ?? "");
}
