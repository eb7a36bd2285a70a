import type { Account } from "./accounts";
import { type Answer, json } from "./answer";
import { type Call, forSignedIn, param } from "./call";
import { noSuchUser } from "./errors";
import { pageFor, textPageFor } from "./paging";
import { groupNames, isMember } from "./people-groups";
import { canOnRepository } from "./permissions";
import { Texts } from "./texts";
import { userView } from "./views";

/** GET users: active people; `filter` is a part of name, display name or e-mail address, `group` a group's name. */
export function listUsers(call: Call): Answer {
  return forSignedIn(call, () => {
    const { instance, query } = call;
    const filter = (query.get("filter") ?? "").toLowerCase();
    const size = query.get("avatarSize");
    const group = query.get("group");
    const rows = instance.world.people.filter(
      (account) =>
        account.active &&
        matches(account, filter) &&
        (group === null || isMember(account, group)) &&
        hasRights(call, account),
    );
    const texts = new Texts(instance);
    return textPageFor(call, {
      rows,
      text: (account) =>
        size === null ? texts.user(account) : JSON.stringify(userView(instance, account, size)),
    });
  });
}

/** GET users/{slug}. */
export function getUser(call: Call): Answer {
  return forSignedIn(call, () => {
    const slug = param(call, "user");
    const account = call.instance.world.personBySlug(slug);
    if (!account) return noSuchUser(slug);
    return json(200, userView(call.instance, account, call.query.get("avatarSize")));
  });
}

/** GET groups: names, as plain text. */
export function listGroups(call: Call): Answer {
  return forSignedIn(call, () => {
    const filter = (call.query.get("filter") ?? "").toLowerCase();
    return pageFor(call, {
      rows: groupNames.filter((name) => name.includes(filter)),
      view: (name) => name,
    });
  });
}

/** `permission.1=REPO_READ&permission.1.projectKey=…&permission.1.repositorySlug=…`. */
function hasRights({ query, instance }: Call, account: Account): boolean {
  const [, level] = /^REPO_(READ|WRITE|ADMIN)$/.exec(query.get("permission.1") ?? "") ?? [];
  if (level === undefined) return true;
  const project = instance.world.findProject(query.get("permission.1.projectKey") ?? "");
  const repository =
    project && instance.world.findRepository(project, query.get("permission.1.repositorySlug") ?? "");
  const viewer = { caller: { account, key: null }, publicAccess: false };
  return (
    repository !== undefined &&
    (level === "READ" || level === "WRITE" || level === "ADMIN") &&
    canOnRepository(viewer, repository, level)
  );
}

function matches(account: Account, filter: string): boolean {
  return [account.name, account.displayName, account.emailAddress].some((text) =>
    text.toLowerCase().includes(filter),
  );
}
