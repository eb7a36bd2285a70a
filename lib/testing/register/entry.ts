import type { Actor } from "@/lib/actor";
import type { EventKind } from "@/lib/audit/kinds";
import type { CredentialOperation } from "@/lib/credentials/policy";
import type { Db } from "@/lib/db/types";
import type { EndpointOperation } from "@/lib/endpoints/policy";
import type { TeamOperation } from "@/lib/teams/policy";
import type { ScenarioFixture } from "@/lib/testing/scenario-fixture";

/** What a page, route or action asks for before it shows or does anything. */
export type Asks =
  | { of: "credential"; to: CredentialOperation }
  | { of: "endpoint"; to: EndpointOperation }
  | { of: "team"; to: TeamOperation }
  // What users do to their own things, or to what was addressed to them: every signed-in user gets the same answer.
  | { of: "signed-in" }
  | { of: "portal administrator" }
  | { of: "anyone" };

/** The fields of a form. */
export type Fields = Record<string, string>;

/** The ids that the rights matrix knows besides that of the thing asked for. */
export type MatrixIds = {
  readonly granted: { readonly credential: string };
  readonly endedGrant: { readonly credential: string; readonly endpoint: string };
  readonly spare: string;
};

/**
 * A call whose fields let every right pass and then stop at something else, so that nothing changes. `passes` are the
 * answers that only a caller with the right can get. Calls on a thing are made with every kind of id.
 */
export type HarmlessCall = Asks & {
  readonly fields: (id: string, ids: MatrixIds) => Fields;
  readonly passes: readonly string[];
};

/** A valid call: who posts what, and which cookies the browser has besides the session. */
export type ValidCall = {
  readonly as: Actor | null;
  readonly form: Fields;
  readonly cookies?: Record<string, string>;
};

/** One server action, for every test that goes through all of them. */
export type ActionEntry = {
  /** Who may call it. An action on two kinds of things has a call for each. */
  readonly calls: readonly HarmlessCall[];
  /** True for an action that has no harmless call: the matrix makes its calls after all others. */
  readonly comesLast?: true;
  /** The events that a valid call leaves, in their order. */
  readonly leaves: readonly EventKind[];
  /** Makes what a valid call needs. */
  readonly arrange: (fixture: ScenarioFixture) => Promise<ValidCall>;
  /** The rate limits that a valid call counts towards, by name. Without it: `action` for users, none for visitors. */
  readonly limits?: readonly string[];
  /** Its mutations as `domain/name`, each called in every way in which an id can be another user's. */
  readonly mutations: Readonly<Record<string, readonly Ask[]>>;
};

/** The actions of one domain by name. */
export type DomainActions = Readonly<Record<string, ActionEntry>>;

/** The ids of one thing of each kind: the reader's own, another user's, or of nothing at all. */
export type Ids = Record<
  | "credential"
  | "endpoint"
  | "team"
  | "invitation"
  | "portalInvitation"
  | "transfer"
  | "user"
  | "session"
  | "proposal"
  | "reset"
  | "notice",
  string
> & { readonly grant: { readonly credential: string; readonly endpoint: string } };

/** Asks for a thing by ids that are not the reader's; `own` are the reader's, for what takes one of each. */
export type Ask = (db: Db, reader: Actor, ids: Ids, own: Ids) => Promise<unknown>;

/** For what takes no id of a thing: the user's own, texts, and tokens that nobody can guess. */
export const takesNoId: readonly Ask[] = [];

/** Asks by the id of one thing. */
export function by(
  kind: Exclude<keyof Ids, "grant">,
  ask: (db: Db, reader: Actor, id: string) => Promise<unknown>,
): Ask[] {
  return [(db, reader, ids) => ask(db, reader, ids[kind])];
}

/** The same for both kinds of things that are shared. */
export function ofBothKinds<Made>(make: (kind: "credential" | "endpoint") => Made): Made[] {
  return [make("credential"), make("endpoint")];
}

/** A call that every signed-in user may make. */
export function bySignedIn(fields: Fields, pass: string): HarmlessCall[] {
  return [{ of: "signed-in", fields: () => fields, passes: [pass] }];
}

/** A call that administrators of the portal may make. */
export function byAdministrators(fields: (ids: MatrixIds) => Fields, pass: string): HarmlessCall[] {
  return [{ of: "portal administrator", fields: (_id, ids) => fields(ids), passes: [pass] }];
}

/** A call that needs no session. */
export function byAnyone(pass: string): HarmlessCall[] {
  return [{ of: "anyone", fields: () => ({}), passes: [pass] }];
}

/** An id of nothing. */
export const never = "00000000-0000-4000-8000-000000000000";
/** A version that no row has reached. */
export const stale = "999";
/** What forms ask for that name a thing. */
export const named = { name: "Matrix", description: "" };
