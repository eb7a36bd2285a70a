import type { Schedule } from "@/drizzle/schema/endpoints";
import type { ConnectorKind } from "@/lib/connectors/kinds";
import type { SourceSettings } from "@/lib/connectors/streams";
import type { CredentialStatus } from "@/lib/credentials/checks/types";
import type { CredentialRole } from "@/lib/credentials/policy";
import type { Unusable } from "@/lib/credentials/shown-status";
import type { WritingSettings } from "@/lib/mapping/types";
import type { Direction } from "@/lib/paths";
import type { EndpointRole } from "./policy";

/**
 * What stops an endpoint: it runs as its owner, with the owner's right to its credential, and only while the account
 * of the credential's own owner is enabled. `credential-deleted`: the right ended first, then the credential was
 * deleted.
 */
export type StopReason = "owner-disabled" | "credential-deleted" | "credential-lost" | "credential-suspended";

/** What is known against the credential of an endpoint that its owner may use: nothing runs well until it is mended. */
export type RefusedAs = Exclude<Unusable, "suspended">;

/** What lists of sources and destinations can be sorted by, other than newest first: the name, or the latest run. */
export const endpointSorts = ["name", "run"] as const;

/** The order of a list of sources or destinations; null for newest first. */
export type EndpointSort = (typeof endpointSorts)[number] | null;

/** Where a destination's records come from, as one reader sees it. */
export type EndpointInput =
  /** `name` is null if the reader may not see the source. */
  | { readonly kind: "source"; readonly id: string; readonly name: string | null }
  | { readonly kind: "upload"; readonly id: string; readonly name: string; readonly records: number };

/** A source or destination as one reader sees it in lists and on its page. Instants are ISO 8601 in UTC. */
export type EndpointSummary = {
  readonly id: string;
  readonly direction: Direction;
  readonly connector: ConnectorKind;
  readonly name: string;
  readonly description: string;
  readonly createdAt: string;
  readonly ownerName: string;
  /** The reader's role on it. */
  readonly role: EndpointRole;
  /** The credential that it uses; null if the reader may not see it, not even its name. */
  readonly credential: {
    readonly id: string;
    readonly name: string;
    readonly baseUrl: string;
    readonly status: CredentialStatus;
    readonly isSuspended: boolean;
    /** The reader's role on the credential. */
    readonly role: CredentialRole;
    readonly ownerName: string;
  } | null;
  /** Since when it is paused, and who paused it; null while it is active. */
  readonly paused: { readonly since: string; readonly byName: string | null } | null;
  /** Why it cannot run now, whichever user presses; null if it can. */
  readonly stopped: StopReason | null;
  /** What is known against its credential, whichever user asks; null if nothing is, or it has none. */
  readonly refused: RefusedAs | null;
  /** What a source reads; null for destinations, and for sources from before there was a choice. */
  readonly settings: SourceSettings | null;
  /** What a destination writes; null for sources, and for destinations from before there was a choice. */
  readonly writing: WritingSettings | null;
  /** Null for sources, and if what the records came from was deleted. */
  readonly input: EndpointInput | null;
  readonly schedule: Schedule;
  /** The next run by schedule; null without one. */
  readonly nextRunAt: string | null;
  readonly keepRunsDays: number;
  readonly keepDeletedDays: number;
  readonly keepDeliveriesDays: number;
};

/** When a run last signed in with a credential, as one reader sees it. */
export type LastUse = {
  /** ISO 8601. */
  readonly at: string;
  /** The run's source or destination, `seen` only if the reader may see it; null once it is deleted. */
  readonly by: {
    readonly direction: Direction;
    readonly seen: { readonly id: string; readonly name: string; readonly ownerName: string } | null;
  } | null;
};

/** A source or destination as its edit form starts from it. */
export type EditableEndpoint = {
  readonly direction: Direction;
  readonly name: string;
  readonly description: string;
  readonly version: number;
};

/** A source or destination as the page of its edit form shows it. */
export type EndpointToEdit = EndpointSummary & {
  readonly version: number;
  /** The credentials to choose from: those that both the reader and its owner may use, by name. */
  readonly choices: readonly { readonly id: string; readonly name: string; readonly baseUrl: string }[];
};

/** How many sources and destinations would stop, and how many users own them. */
export type Stops = { readonly sources: number; readonly destinations: number; readonly users: number };

/** A source or destination that would stop, for a reader who may see it. */
export type StoppingEndpoint = Pick<EndpointSummary, "id" | "direction" | "name">;

/** The same with those that the reader may see, by name, up to a limit. */
export type NamedStops = Stops & { readonly shown: readonly StoppingEndpoint[] };

/**
 * The uses of a credential that keep it from being deleted: the endpoints that the reader may see, up to a limit; of
 * the others only their owners and numbers. An endpoint whose owner has lost the right to the credential does not
 * count.
 */
export type CredentialUses = {
  readonly shown: readonly Pick<EndpointSummary, "id" | "direction" | "name">[];
  /** How many the reader may see, including those in `shown`. */
  readonly visible: number;
  readonly total: number;
  /** The owners of the others, most uses first, up to a limit: the reader already knows that they have access. */
  readonly hidden: readonly {
    readonly ownerName: string;
    readonly ownerIsDisabled: boolean;
    readonly count: number;
  }[];
  /** How many have stopped because their owner lost access: they do not block the deletion. */
  readonly stopped: number;
};
