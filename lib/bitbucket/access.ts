import "server-only";
import { z } from "zod";
import { accountOf, isNamed, slugOf, userSchema } from "@/lib/bitbucket/account";
import type { Questions } from "@/lib/bitbucket/questions";
import type { CheckedAccess, CheckedAccount, CountUpTo } from "@/lib/bitbucket/types";

const api = "/rest/api/1.0";
/** One page: enough to tell some from many, and small enough for the body limit. */
const countBound = 100;

/** A page of anything; entries are only counted. A page without `isLastPage` claims nothing about what follows. */
export const pageSchema = z.object({
  values: z.array(z.unknown()),
  isLastPage: z.boolean().nullish().catch(null),
});
const usersSchema = z.object({ values: z.array(userSchema.nullable().catch(null)) });

/**
 * The record of an account, looked for by name since a slug cannot be known for certain. Keys of projects and
 * repositories have no record, or may not look: then the account is the bare name.
 */
export async function findAccount(questions: Questions, name: string): Promise<CheckedAccount> {
  const list = await questions.ask(`${api}/users`, { filter: name, limit: 25 }, usersSchema);
  const found = list.kind === "value" ? list.value.values.find((user) => user && isNamed(user, name)) : null;
  if (found) return accountOf(name, found);
  if (list.kind !== "value") return accountOf(name, null);
  const one = await questions.ask(`${api}/users/${encodeURIComponent(slugOf(name))}`, {}, userSchema);
  return accountOf(name, one.kind === "value" && isNamed(one.value, name) ? one.value : null);
}

export type Counted = { readonly access: CheckedAccess; readonly allRefused: boolean };

/**
 * Counts what the account may see and do, each up to 100 or whatever smaller page the server gives. Archived
 * repositories are not among them: Bitbucket leaves them out unless asked.
 */
export async function countAccess(questions: Questions): Promise<Counted> {
  let refusals = 0;
  const count = async (path: string, permission?: string): Promise<CountUpTo | null> => {
    const query = { limit: countBound, ...(permission === undefined ? {} : { permission }) };
    const reply = await questions.ask(`${api}${path}`, query, pageSchema);
    if (reply.kind === "refused" && reply.refusal.reason === "NOT_PERMITTED") refusals += 1;
    if (reply.kind !== "value") return null;
    return { count: reply.value.values.length, more: reply.value.isLastPage === false };
  };
  const projects = await count("/projects");
  const readable = await count("/repos", "REPO_READ");
  const writable = await count("/repos", "REPO_WRITE");
  const administrable = await count("/repos", "REPO_ADMIN");
  return { access: { projects, readable, writable, administrable }, allRefused: refusals === 4 };
}
