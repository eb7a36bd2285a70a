import type { Level } from "./accounts";
import type { Answer } from "./answer";
import { type Call, forProject, forRepository, viewerOf } from "./call";
import type { Grants, Project, Repository } from "./company";
import { notPermitted } from "./errors";
import { pageFor } from "./paging";
import { canOnProject } from "./permissions";
import { userView } from "./views";
import { HOUR_MS, inventedId, NEWEST } from "./world/invented";
import type { Webhook } from "./world/model";

/** Finds the project of the path for its administrators. */
export function forAdministeredProject(call: Call, answer: (project: Project) => Answer): Answer {
  return forProject(call, (project) =>
    canOnProject(viewerOf(call), project, "ADMIN") ? answer(project) : notPermitted(),
  );
}

/** GET projects/{key}/permissions/users. */
export function listProjectUsers(call: Call): Answer {
  return forAdministeredProject(call, (project) => usersWith(call, project.grants, "PROJECT"));
}

/** GET …/repos/{slug}/permissions/users. */
export function listRepositoryUsers(call: Call): Answer {
  return forRepository(call, "ADMIN", (repository) => usersWith(call, repository.grants, "REPO"));
}

function usersWith(call: Call, grants: Grants, on: "PROJECT" | "REPO"): Answer {
  const { instance, query } = call;
  const filter = (query.get("filter") ?? "").toLowerCase();
  const rows = instance.world.people.flatMap((account) => {
    const level = grants[account.name];
    const isFound = `${account.name} ${account.displayName}`.toLowerCase().includes(filter);
    return level !== undefined && isFound ? [{ account, level }] : [];
  });
  return pageFor(call, {
    rows,
    view: ({ account, level }) => ({ user: userView(instance, account), permission: `${on}_${level}` }),
  });
}

/** GET projects/{key}/permissions/groups. */
export function listProjectGroups(call: Call): Answer {
  return forAdministeredProject(call, (project) => groupsWith(call, "PROJECT", groupGrantsOf(project)));
}

/** GET …/repos/{slug}/permissions/groups. */
export function listRepositoryGroups(call: Call): Answer {
  return forRepository(call, "ADMIN", (repository) => groupsWith(call, "REPO", groupGrantsOf(repository)));
}

/** The levels of groups on a project or repository: what was granted, or what is invented of it. */
export function groupGrantsOf(owner: Project | Repository): ReadonlyMap<string, Level> {
  if (owner.groupGrants) return owner.groupGrants;
  if ("slug" in owner) return new Map(owner.id % 2 === 0 ? [["release-managers", "ADMIN"]] : []);
  return new Map([
    ["everybody", "READ"],
    ...(owner.id % 2 === 1 ? [["data-engineers", "WRITE"] as const] : []),
  ]);
}

function groupsWith(call: Call, on: "PROJECT" | "REPO", grants: ReadonlyMap<string, Level>): Answer {
  const filter = (call.query.get("filter") ?? "").toLowerCase();
  return pageFor(call, {
    rows: [...grants].filter(([name]) => name.toLowerCase().includes(filter)),
    view: ([name, level]) => ({ group: { name }, permission: `${on}_${level}` }),
  });
}

/** GET projects/{key}/webhooks. */
export function listProjectWebhooks(call: Call): Answer {
  return forAdministeredProject(call, (project) =>
    webhooksPage(call, call.instance.world.webhooksOfProject(project), "project"),
  );
}

/** GET …/repos/{slug}/webhooks. */
export function listRepositoryWebhooks(call: Call): Answer {
  return forRepository(call, "ADMIN", (repository) =>
    webhooksPage(call, call.instance.world.contentOf(repository).webhooks, "repository"),
  );
}

function webhooksPage(call: Call, hooks: readonly Webhook[], scopeType: string): Answer {
  const event = call.query.get("event");
  const isWithStatistics = call.query.get("statistics") === "true";
  return pageFor(call, {
    rows: hooks.filter((one) => event === null || one.events.includes(event)),
    view: (hook) => ({
      ...webhookView(hook, scopeType),
      ...(isWithStatistics ? { statistics: statisticsOf(hook) } : {}),
    }),
  });
}

/** A webhook as JSON, with its secret: only administrators see it. */
export function webhookView(hook: Webhook, scopeType: string) {
  return {
    id: hook.id,
    name: hook.name,
    createdDate: hook.createdAt,
    updatedDate: hook.updatedAt ?? hook.createdAt,
    events: hook.events,
    configuration: hook.secret === "" ? {} : { secret: hook.secret },
    ...(hook.userName === undefined ? {} : { credentials: { username: hook.userName } }),
    url: hook.url,
    active: hook.active,
    scopeType,
    sslVerificationRequired: hook.sslVerificationRequired ?? true,
  };
}

function statisticsOf({ events, id }: Webhook) {
  const finish = NEWEST - (id % 40) * HOUR_MS;
  const outcome = id % 7 === 0 ? "FAILURE" : "SUCCESS";
  const last = {
    event: events[0],
    start: finish - 90,
    finish,
    duration: 90,
    result: { outcome, description: "200" },
  };
  return {
    lastSuccess: outcome === "SUCCESS" ? last : null,
    lastFailure: outcome === "FAILURE" ? last : null,
  };
}

/** GET /rest/branch-permissions/…/restrictions. */
export function listRestrictions(call: Call): Answer {
  return forRepository(call, "ADMIN", (repository) => {
    const rows = restrictionsOf(call, repository);
    const type = call.query.get("type");
    return pageFor(call, {
      rows: rows.filter((one) => type === null || one.type === type),
      view: (one) => one,
    });
  });
}

function restrictionsOf({ instance }: Call, repository: Repository) {
  const administrator = instance.world.people.find((one) => repository.project.grants[one.name] === "ADMIN");
  const users = administrator ? [userView(instance, administrator)] : [];
  const branch = (id: string) => ({
    id,
    displayId: id.replace("refs/heads/", ""),
    type: { id: "BRANCH", name: "Branch" },
    active: true,
  });
  const scope = { type: "REPOSITORY", resourceId: repository.id };
  const first = repository.id * 10;
  return [
    {
      id: first + 1,
      scope,
      type: "no-deletes",
      matcher: branch("refs/heads/main"),
      users: [],
      groups: [],
      accessKeys: [],
    },
    {
      id: first + 2,
      scope,
      type: "pull-request-only",
      matcher: branch("refs/heads/main"),
      users,
      groups: ["release-managers"],
      accessKeys: [],
    },
    {
      id: first + 3,
      scope: { type: "PROJECT", resourceId: repository.project.id },
      type: "fast-forward-only",
      matcher: {
        id: "release/*",
        displayId: "release/*",
        type: { id: "PATTERN", name: "Pattern" },
        active: true,
      },
      users: [],
      groups: [],
      accessKeys: [],
    },
  ];
}

/** GET /rest/keys/…/repos/{slug}/ssh. */
export function listRepositorySshKeys(call: Call): Answer {
  return forRepository(call, "ADMIN", (repository) =>
    sshPage(call, repository.id, { repository: { id: repository.id, slug: repository.slug } }, "REPO_READ"),
  );
}

/** GET /rest/keys/…/projects/{key}/ssh. */
export function listProjectSshKeys(call: Call): Answer {
  return forAdministeredProject(call, (project) =>
    sshPage(call, 500_000 + project.id, { project: { id: project.id, key: project.key } }, "PROJECT_WRITE"),
  );
}

function sshPage(call: Call, id: number, on: object, permission: string): Answer {
  const wanted = call.query.get("minimumPermission");
  const rows = wanted !== null && wanted !== permission && wanted.endsWith("_ADMIN") ? [] : [id];
  return pageFor(call, {
    rows,
    view: () => ({
      key: {
        id,
        text: `ssh-ed25519 ${Buffer.from(inventedId("ssh", id)).toString("base64")} build@ci.fernwood.example`,
        label: "build@ci.fernwood.example",
        algorithmType: "ED25519",
        bitLength: 256,
        fingerprint: `SHA256:${inventedId("fingerprint", id).slice(0, 32)}`,
        createdDate: NEWEST - 90 * 24 * HOUR_MS,
        ...(id % 2 === 0 ? { expiryDays: 365 } : {}),
      },
      ...on,
      permission,
    }),
  });
}
