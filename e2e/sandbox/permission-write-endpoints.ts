import type { Level } from "./accounts";
import { forAdministeredProject, groupGrantsOf } from "./administration-endpoints";
import { type Answer, noContent } from "./answer";
import { type Call, forSignedIn } from "./call";
import type { Project, Repository } from "./company";
import { badField, forbidden, noSuchGroup, noSuchUser } from "./errors";
import { groupNames } from "./people-groups";
import { personNamed } from "./pull-request-place";
import type { Caller } from "./sign-in";
import { forOwnRepository } from "./write-place";

type Owner = { of: Project | Repository; on: "PROJECT" | "REPO"; caller: Caller };
type ForOwner = (call: Call, answer: (owner: Owner) => Answer) => Answer;

const ofRepository: ForOwner = (call, answer) =>
  forOwnRepository(call, "ADMIN", ({ repository, caller }) => answer({ of: repository, on: "REPO", caller }));
const ofProject: ForOwner = (call, answer) =>
  forAdministeredProject(call, (project) =>
    forSignedIn(call, (caller) => answer({ of: project, on: "PROJECT", caller })),
  );

/** PUT and DELETE …/permissions/users and /groups of a repository. */
export const repositoryPermissions = endpointsOf(ofRepository);
/** The same of a project. */
export const projectPermissions = endpointsOf(ofProject);

function endpointsOf(forOwner: ForOwner) {
  return {
    /** PUT …/users?name=&permission=: 204, whatever the level was before. */
    grantUser: (call: Call): Answer =>
      forOwner(call, ({ of, on, caller }) => {
        const level = levelOf(call, on);
        if (typeof level !== "string") return level;
        return forNames(call, (name) => {
          const account = personNamed(call.instance.world, name);
          if (!account) return noSuchUser(name);
          if (account === caller.account && level !== "ADMIN" && of.grants[account.name] === "ADMIN") {
            return forbidden("You cannot take the administration from yourself.");
          }
          of.grants = { ...of.grants, [account.name]: level };
          note(call, of, `user ${account.name}`, level);
          return noContent;
        });
      }),
    /** DELETE …/users?name=: 204. */
    revokeUser: (call: Call): Answer =>
      forOwner(call, ({ of, caller }) =>
        forNames(call, (name) => {
          const account = personNamed(call.instance.world, name);
          if (!account) return noSuchUser(name);
          if (account === caller.account)
            return forbidden("You cannot take the administration from yourself.");
          of.grants = Object.fromEntries(Object.entries(of.grants).filter(([one]) => one !== account.name));
          note(call, of, `user ${account.name}`, null);
          return noContent;
        }),
      ),
    /** PUT …/groups?name=&permission=: 204. */
    grantGroup: (call: Call): Answer =>
      forOwner(call, ({ of, on }) => {
        const level = levelOf(call, on);
        if (typeof level !== "string") return level;
        return forNames(call, (name) => {
          if (!isGroup(name)) return noSuchGroup(name);
          of.groupGrants = new Map([...groupGrantsOf(of), [name, level]]);
          note(call, of, `group ${name}`, level);
          return noContent;
        });
      }),
    /** DELETE …/groups?name=: 204. */
    revokeGroup: (call: Call): Answer =>
      forOwner(call, ({ of }) =>
        forNames(call, (name) => {
          if (!isGroup(name)) return noSuchGroup(name);
          of.groupGrants = new Map([...groupGrantsOf(of)].filter(([one]) => one !== name));
          note(call, of, `group ${name}`, null);
          return noContent;
        }),
      ),
  };
}

const isGroup = (name: string) => groupNames.some((one) => one === name);

/** `name` may be repeated; the first that is wrong refuses those after it. */
function forNames({ query }: Call, act: (name: string) => Answer): Answer {
  const names = query.getAll("name").filter((name) => name !== "");
  if (names.length === 0) return badField("name", "Please name a user or group.");
  for (const name of names) {
    const answer = act(name);
    if (answer.status !== 204) return answer;
  }
  return noContent;
}

function levelOf({ query }: Call, on: Owner["on"]): Level | Answer {
  const found = (["READ", "WRITE", "ADMIN"] as const).find(
    (level) => query.get("permission") === `${on}_${level}`,
  );
  return (
    found ?? badField("permission", `The permission has to be one of ${on}_READ, ${on}_WRITE, ${on}_ADMIN.`)
  );
}

function note({ instance: { world } }: Call, of: Owner["of"], who: string, level: Level | null): void {
  const where = "slug" in of ? `${of.project.key}/${of.slug}` : of.key;
  if (level === null) world.grantsWritten.delete(`${where} ${who}`);
  else world.grantsWritten.set(`${where} ${who}`, { where, who, level, at: world.nextMoment() });
}
