import "server-only";
import { z } from "zod";
import type { CheckedAccess, CheckedAccount, CheckedRights, CountUpTo } from "@/lib/connectors/types";
import { accountOf, isAccountOfKey, isNamed, slugOf, type User, userSchema } from "./account";
import type { Query } from "./client";
import type { Refused } from "./meaning";
import { isRefusedRight, type Questions } from "./questions";

const api = "/rest/api/1.0";
/** One page: enough to tell some from many, and small enough for the body limit. */
const countBound = 100;
/** In pixels. Only with a size does Bitbucket tell the picture's address. */
const avatarSize = 64;

/** An empty page need not be the last: repositories that the account may not see can fill those before. */
const mostPages = 5;

/** A page of anything; entries are only counted. A page without `isLastPage` claims nothing about what follows. */
export const pageSchema = z.object({
  values: z.array(z.unknown()),
  isLastPage: z.boolean().nullish().catch(null),
  nextPageStart: z.int().positive().nullish().catch(null),
});
const usersSchema = pageSchema.extend({ values: z.array(userSchema.nullable().catch(null)) });

export type FoundAccount = {
  readonly account: CheckedAccount;
  /** Another name for the account; not to be kept. */
  readonly email: string | null;
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
  if (name === null || isAccountOfKey(name)) return found(name, null, false);
  const list = await questions.ask(`${api}/users`, { filter: name, limit: 25, avatarSize }, usersSchema);
  if (list.kind !== "value") return found(name, null, false);
  const listed = list.value.values.find((user) => user && isNamed(user, name));
  if (listed) return found(name, listed, true);
  const one = await questions.ask(
    `${api}/users/${encodeURIComponent(slugOf(name))}`,
    { avatarSize },
    userSchema,
  );
  if (one.kind === "value" && isNamed(one.value, name)) return found(name, one.value, true);
  // A guess at the slug that finds nobody proves little while there is more to the list.
  const isAbsent = one.kind === "refused" && one.refusal.reason === "API_NOT_FOUND";
  return found(name, null, isAbsent && list.value.isLastPage === true);
}

function found(name: string | null, user: User | null, lookedUp: boolean): FoundAccount {
  const email = user?.emailAddress ?? null;
  return { account: accountOf(name, user), email, avatarUrl: user?.avatarUrl ?? null, lookedUp };
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
    const counted = await countUpTo(questions.ask, path, query);
    if (counted.kind === "refused" && isRefusedRight(counted.refusal)) refusals += 1;
    else answers += 1;
    return counted.kind === "counted" ? { count: counted.count, more: counted.more } : null;
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

type CountOrRefusal =
  | (CountUpTo & { readonly kind: "counted"; readonly accountName: string | null })
  | { readonly kind: "refused"; readonly refusal: Refused }
  | { readonly kind: "unknown" };

/**
 * How many there are, by the first page that has any. Empty ones are followed by `nextPageStart`, five at most; unknown
 * where none of them was the last.
 */
export async function countUpTo(ask: Questions["ask"], path: string, query: Query): Promise<CountOrRefusal> {
  let start = 0;
  for (let pages = 0; pages < mostPages; pages += 1) {
    const more = start === 0 ? {} : { start };
    const reply = await ask(`${api}${path}`, { ...query, ...more }, pageSchema);
    if (reply.kind !== "value") return reply;
    const { values, isLastPage, nextPageStart } = reply.value;
    if (values.length > 0 || isLastPage === true) {
      const { accountName } = reply;
      return { kind: "counted", count: values.length, more: isLastPage === false, accountName };
    }
    if (!nextPageStart || nextPageStart <= start) break;
    start = nextPageStart;
  }
  return { kind: "unknown" };
}

function isSome(counted: CountUpTo | null): boolean {
  return counted !== null && counted.count > 0;
}
