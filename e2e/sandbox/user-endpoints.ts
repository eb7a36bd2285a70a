import { type Account, allAccounts } from "./accounts";
import { type Answer, json } from "./answer";
import { type Call, forSignedIn, param } from "./call";
import { noSuchUser } from "./errors";
import { pageOf } from "./paging";
import { userView } from "./views";

/** The accounts behind project and repository keys are no people and have no user record. */
const people = allAccounts.filter((account) => account.type === "NORMAL");

/** GET users: active people; `filter` is a part of name, display name or e-mail address. */
export function listUsers(call: Call): Answer {
  return forSignedIn(call, () => {
    const filter = (call.query.get("filter") ?? "").toLowerCase();
    const rows = people.filter((account) => account.active && matches(account, filter));
    return pageOf(call.query, { rows, view: (account) => userView(call.instance, account) });
  });
}

/** GET users/{slug}: by slug, never by name. */
export function getUser(call: Call): Answer {
  return forSignedIn(call, () => {
    const slug = param(call, "user");
    const account = people.find((one) => one.slug.toLowerCase() === slug.toLowerCase());
    return account ? json(200, userView(call.instance, account)) : noSuchUser(slug);
  });
}

function matches(account: Account, filter: string): boolean {
  return [account.name, account.displayName, account.emailAddress].some((text) =>
    text.toLowerCase().includes(filter),
  );
}
