import "server-only";
import { z } from "zod";
import { accountOf, isNamed, slugOf, type User, userSchema } from "@/lib/bitbucket/account";
import type { Questions } from "@/lib/bitbucket/questions";
import type { CheckedAccess, CheckedAccount, CheckedRights, CountUpTo } from "@/lib/bitbucket/types";

const api = "/rest/api/1.0";
/** One page: enough to tell some from many, and small enough for the body limit. */
const countBound = 100;
/** In pixels. Only with a size does Bitbucket tell the picture's address. */
const avatarSize = 64;

/** A page of anything; entries are only counted. A page without `isLastPage` claims nothing about what follows. */
export const pageSchema = z.object({
  values: z.array(z.unknown()),
  isLastPage: z.boolean().nullish().catch(null),
});
const usersSchema = z.object({ values: z.array(userSchema.nullable().catch(null)) });

export type FoundAccount = {
  readonly account: CheckedAccount;
  /** As the server wrote it; to be judged before it is followed. */
  readonly avatarUrl: string | null;
  /** Whether the server looked: only then does a missing record mean that there is none to be seen. */
  readonly lookedUp: boolean;
};

/**
 * The record of an account, looked for by name since a slug cannot be known for certain. Keys of projects and
 * repositories have no record, or may not look: then the account is the bare name.
 */
export async function findAccount(questions: Questions, name: string | null): Promise<FoundAccount> {
  // Whoever is not named has been asked for among the users before.
  if (name === null) return found(null, null, true);
  const list = await questions.ask(`${api}/users`, { filter: name, limit: 25, avatarSize }, usersSchema);
  if (list.kind === "refused") return found(name, null, list.refusal.reason === "NOT_PERMITTED");
  if (list.kind === "unknown") return found(name, null, false);
  const listed = list.value.values.find((user) => user && isNamed(user, name));
  if (listed) return found(name, listed, true);
  const one = await questions.ask(
    `${api}/users/${encodeURIComponent(slugOf(name))}`,
    { avatarSize },
    userSchema,
  );
  return found(name, one.kind === "value" && isNamed(one.value, name) ? one.value : null, true);
}

function found(name: string | null, user: User | null, lookedUp: boolean): FoundAccount {
  return { account: accountOf(name, user), avatarUrl: user?.avatarUrl ?? null, lookedUp };
}

export type Counted = { readonly access: CheckedAccess; readonly allRefused: boolean };

/**
 * Counts what the account may see and do, each up to 100 or whatever smaller page the server gives. Archived
 * repositories are not among them: Bitbucket leaves them out unless asked.
 */
export async function countAccess(questions: Questions): Promise<Counted> {
  let answers = 0;
  let refusals = 0;
  const count = async (path: string, permission?: string): Promise<CountUpTo | null> => {
    const query = { limit: countBound, ...(permission === undefined ? {} : { permission }) };
    const reply = await questions.ask(`${api}${path}`, query, pageSchema);
    if (reply.kind === "refused" && reply.refusal.reason === "NOT_PERMITTED") refusals += 1;
    else answers += 1;
    if (reply.kind !== "value") return null;
    return { count: reply.value.values.length, more: reply.value.isLastPage === false };
  };
  const rights = async (path: string, on: "PROJECT" | "REPO"): Promise<CheckedRights> => {
    const readable = await count(path, `${on}_READ`);
    // Each right includes the smaller ones: where there is nothing to read, or no telling, nothing more is asked.
    const writable = isSome(readable) ? await count(path, `${on}_WRITE`) : readable;
    const administrable = isSome(writable) ? await count(path, `${on}_ADMIN`) : writable;
    return { readable, writable, administrable };
  };
  const projects = await count("/projects");
  const onRepositories = await rights("/repos", "REPO");
  const projectRights = await rights("/projects", "PROJECT");
  return {
    access: { projects, ...onRepositories, projectRights },
    allRefused: answers === 0 && refusals > 0,
  };
}

function isSome(counted: CountUpTo | null): boolean {
  return counted !== null && counted.count > 0;
}
