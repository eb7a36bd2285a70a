import "server-only";
import type { Actor } from "@/lib/actor";
import { pickersOf } from "@/lib/connectors/sources";
import type { ChosenProject, ChosenRepository } from "@/lib/connectors/streams";
import type { Db } from "@/lib/db/types";
import { brokenAnswer, failureWords, type ReadingFailure } from "./failure-words";
import { withSourceSession } from "./session";

/** One page of what the server found; `next` is where the following page starts. */
export type Picked<Item> =
  | { readonly ok: true; readonly items: readonly Item[]; readonly next: number | null }
  | { readonly ok: false; readonly failure: ReadingFailure };

export type Wanted = { readonly query: string; readonly start: number };

/** Searches projects on the server, with the credential. One request. */
export async function pickProjects(
  db: Db,
  actor: Actor,
  credentialId: string,
  wanted: Wanted,
): Promise<Picked<ChosenProject>> {
  return pick<ChosenProject>(db, actor, credentialId, (calls) => ({
    call: calls.projects(wanted.query, wanted.start),
    read: calls.readProjects,
  }));
}

/** Searches repositories on the server, with the credential. One request. */
export async function pickRepositories(
  db: Db,
  actor: Actor,
  credentialId: string,
  wanted: Wanted,
): Promise<Picked<ChosenRepository>> {
  return pick<ChosenRepository>(db, actor, credentialId, (calls) => ({
    call: calls.repositories(wanted.query, wanted.start),
    read: calls.readRepositories,
  }));
}

type Calls = ReturnType<typeof pickersOf>;
type Pick<Item> = {
  readonly call: ReturnType<Calls["projects"]>;
  readonly read: (body: unknown) => { readonly items: readonly Item[]; readonly next: number | null } | null;
};

async function pick<Item>(
  db: Db,
  actor: Actor,
  credentialId: string,
  choose: (calls: Calls) => Pick<Item>,
): Promise<Picked<Item>> {
  const session = await withSourceSession(
    db,
    actor,
    credentialId,
    async (ask, about): Promise<Picked<Item>> => {
      const { call, read } = choose(pickersOf(about.kind));
      const meaning = await ask(call);
      if (meaning.kind === "nothing") return { ok: true, items: [], next: null };
      if (meaning.kind !== "body") return { ok: false, failure: failureWords(meaning) };
      const page = read(meaning.body);
      return page ? { ok: true, ...page } : { ok: false, failure: brokenAnswer };
    },
  );
  return session.ok ? session.value : session;
}
