import "server-only";
import { z } from "zod";
import type { CheckedAccess, CheckedAccount, CheckedRights, CountUpTo } from "@/lib/connectors/types";
import { accountOf, type User, userSchema } from "./account";
import { isAccountOfKey, isNamed, slugOf } from "./account-name";
import type { Query } from "./client";
import type { Refused } from "./meaning";
import { isRefusedRight, type Questions } from "./questions";
import { together } from "./together";

const api = "/rest/api/1.0";
/** One page: enough to tell one from many, and small enough for the body limit. */
const countBound = 100;
/** In pixels. Bitbucket gives the picture's address only if a size is asked for. */
const avatarSize = 64;

/** An empty page need not be the last: repositories that the account may not see can fill the pages before the others. */
const mostPages = 5;

/** A page of any list; its entries are only counted. Without `isLastPage`, a page says nothing about what follows. */
export const pageSchema = z.object({
  values: z.array(z.unknown()),
  isLastPage: z.boolean().nullish().catch(null),
  nextPageStart: z.int().positive().nullish().catch(null),
});
const usersSchema = pageSchema.extend({ values: z.array(userSchema.nullable().catch(null)) });

export type FoundAccount = {
  readonly account: CheckedAccount;
  /** The account's e-mail address; must not be stored. */
  readonly email: string | null;
  /** As the server wrote it; must be validated before it is requested. */
  readonly avatarUrl: string | null;
  /** True if the server searched: only then does a missing record mean that there is none. */
  readonly lookedUp: boolean;
};

/**
 * The record of an account, found by name, since its slug cannot be known for certain. Keys of projects and
 * repositories have no record or may not search; the account is then the bare name.
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
  // If a guessed slug finds no user, that proves little while the list has more pages.
  const isAbsent = one.kind === "refused" && one.refusal.reason === "API_NOT_FOUND";
  return found(name, null, isAbsent && list.value.isLastPage === true);
}

function found(name: string | null, user: User | null, lookedUp: boolean): FoundAccount {
  const email = user?.emailAddress ?? null;
  return { account: accountOf(name, user), email, avatarUrl: user?.avatarUrl ?? null, lookedUp };
}

export type Counted = { readonly access: CheckedAccess; readonly allRefused: boolean };

/**
 * Counts what the account may see and do, each up to 100 or the server's smaller page size. Bitbucket leaves archived
 * repositories out unless asked for them.
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
    // Each right includes the smaller ones: if nothing is readable, or the count is unknown, nothing more is asked.
    if (!isSome(readable)) return { readable, writable: readable, administrable: readable };
    const writing = count(path, `${on}_WRITE`);
    // Side by side, one question too many costs less time than another wait.
    const administering = questions.isSideBySide ? count(path, `${on}_ADMIN`) : null;
    const writable = await writing;
    const administrable = await (administering ?? (isSome(writable) ? count(path, `${on}_ADMIN`) : writable));
    return { readable, writable, administrable: isSome(writable) ? administrable : writable };
  };
  const [projects, onRepositories, projectRights] = await together(questions, [
    () => count("/projects"),
    () => rights("/repos", "REPO"),
    () => rights("/projects", "PROJECT"),
  ]);
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
 * The number of entries on the first page that has any. Follows empty pages by `nextPageStart`, five at most; unknown
 * if none of those was the last.
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
