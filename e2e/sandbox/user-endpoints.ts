import type { Account } from "./accounts";
import { type Answer, json } from "./answer";
import { type Call, forSignedIn, param } from "./call";
import { noSuchUser } from "./errors";
import { pageOf } from "./paging";
import { users, usersBySlug, userView } from "./views";

/** GET users: active people; `filter` is a part of name, display name or e-mail address. */
export function listUsers(call: Call): Answer {
  return forSignedIn(call, () => {
    const filter = (call.query.get("filter") ?? "").toLowerCase();
    const size = call.query.get("avatarSize");
    const rows = users.filter((account) => account.active && matches(account, filter));
    return pageOf(call.query, { rows, view: (account) => userView(call.instance, account, size) });
  });
}

/** GET users/{slug}. */
export function getUser(call: Call): Answer {
  return forSignedIn(call, () => {
    const slug = param(call, "user");
    const account = usersBySlug(slug);
    if (!account) return noSuchUser(slug);
    return json(200, userView(call.instance, account, call.query.get("avatarSize")));
  });
}

function matches(account: Account, filter: string): boolean {
  return [account.name, account.displayName, account.emailAddress].some((text) =>
    text.toLowerCase().includes(filter),
  );
}
