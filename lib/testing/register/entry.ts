import type { Actor } from "@/lib/actor";
import type { EventKind } from "@/lib/audit/kinds";
import type { CredentialOperation } from "@/lib/credentials/policy";
import type { Db } from "@/lib/db/types";
import type { EndpointOperation } from "@/lib/endpoints/policy";
import type { TeamOperation } from "@/lib/teams/policy";
import type { ScenarioFixture } from "@/lib/testing/scenario-fixture";

/** The right that a page, route or action requires before it shows or changes anything. */
export type Asks =
  | { of: "credential"; to: CredentialOperation }
  | { of: "endpoint"; to: EndpointOperation }
  | { of: "team"; to: TeamOperation }
  // Operations on the user's own items, or on those addressed to them: every signed-in user gets the same answer.
  | { of: "signed-in" }
  | { of: "portal administrator" }
  | { of: "anyone" };

/** The fields of a form. */
export type Fields = Record<string, string>;

/** The ids in the rights matrix besides the requested item's. */
export type MatrixIds = {
  readonly granted: { readonly credential: string };
  readonly endedGrant: { readonly credential: string; readonly endpoint: string };
  readonly spare: string;
};

/**
 * A call whose fields let every right pass and then fail at another check, so that nothing changes. `passes` are the
 * answers that only a caller with the right can get. Calls on an item are made with every kind of id.
 */
export type HarmlessCall = Asks & {
  readonly fields: (id: string, ids: MatrixIds) => Fields;
  readonly passes: readonly string[];
};

/** A valid call: the user, the fields, and the browser's cookies besides the session. */
export type ValidCall = {
  readonly as: Actor | null;
  readonly form: Fields;
  readonly cookies?: Record<string, string>;
};

/** One server action, for every test that covers all of them. */
export type ActionEntry = {
  /** Who may call it. An action on two kinds of items has a call for each. */
  readonly calls: readonly HarmlessCall[];
  /** True for an action without a harmless call: the matrix makes its calls last. */
  readonly comesLast?: true;
  /** The events that a valid call records, in order. */
  readonly leaves: readonly EventKind[];
  /** Prepares a valid call. */
  readonly arrange: (fixture: ScenarioFixture) => Promise<ValidCall>;
  /** The rate limits that a valid call counts towards, by name. Default: `action` for users, none for visitors. */
  readonly limits?: readonly string[];
  /** Its mutations as `domain/name`, each called with another user's id in every parameter. */
  readonly mutations: Readonly<Record<string, readonly Ask[]>>;
};

/** The actions of one domain by name. */
export type DomainActions = Readonly<Record<string, ActionEntry>>;

/**
 * The ids of one item of each kind: the reader's own, another user's, or unknown ones. `run` is a source's, `delivery` a
 * destination's; `upload` is a file that was taken, `arriving` one that is being received, `refused` one that was not taken.
 */
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
  | "notice"
  | "webhook"
  | "run"
  | "destination"
  | "delivery"
  | "upload"
  | "arriving"
  | "refused",
  string
> & { readonly grant: { readonly credential: string; readonly endpoint: string } };

/** Requests an item by ids that are not the reader's; `own` are the reader's, for calls that take one of each. */
export type Ask = (db: Db, reader: Actor, ids: Ids, own: Ids) => Promise<unknown>;

/** For calls without an item's id: only the user's own data, texts, and tokens that cannot be guessed. */
export const takesNoId: readonly Ask[] = [];

/** Requests one item by its id. */
export function by(
  kind: Exclude<keyof Ids, "grant">,
  ask: (db: Db, reader: Actor, id: string) => Promise<unknown>,
): Ask[] {
  return [(db, reader, ids) => ask(db, reader, ids[kind])];
}

/** The same for both kinds of shared items. */
export function ofBothKinds<Made>(make: (kind: "credential" | "endpoint") => Made): Made[] {
  return [make("credential"), make("endpoint")];
}

/** A call that every signed-in user may make. */
export function bySignedIn(fields: Fields, pass: string): HarmlessCall[] {
  return [{ of: "signed-in", fields: () => fields, passes: [pass] }];
}

/** A call that portal administrators may make. */
export function byAdministrators(fields: (ids: MatrixIds) => Fields, pass: string): HarmlessCall[] {
  return [{ of: "portal administrator", fields: (_id, ids) => fields(ids), passes: [pass] }];
}

/** A call that needs no session. */
export function byAnyone(pass: string): HarmlessCall[] {
  return [{ of: "anyone", fields: () => ({}), passes: [pass] }];
}

/** An unknown id. */
export const never = "00000000-0000-4000-8000-000000000000";
/** A version that no row has reached. */
export const stale = "999";
/** The fields of forms that name an item. */
export const named = { name: "Matrix", description: "" };
