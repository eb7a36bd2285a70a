import type { ConnectorKind } from "@/lib/connectors/kinds";
import type { CredentialStatus } from "@/lib/credentials/checks/types";
import type { Direction } from "@/lib/paths";
import type { EndpointRole } from "./policy";

/**
 * What stops a source or destination: it runs as its owner, with the owner's right to its credential, and that credential
 * is used only while the account of its own owner is enabled. `credential-deleted`: the right ended first, then the
 * credential was deleted.
 */
export type StopReason = "owner-disabled" | "credential-deleted" | "credential-lost" | "credential-suspended";

/** A source or destination as lists and its page show it, to one reader. Instants are ISO 8601 in UTC. */
export type EndpointSummary = {
  readonly id: string;
  readonly direction: Direction;
  readonly connector: ConnectorKind;
  readonly name: string;
  readonly description: string;
  readonly createdAt: string;
  readonly ownerName: string;
  /** What the reader is to it. */
  readonly role: EndpointRole;
  /** The credential that it uses; null where the reader may not see that one, and then not even its name is here. */
  readonly credential: {
    readonly id: string;
    readonly name: string;
    readonly baseUrl: string;
    readonly status: CredentialStatus;
    readonly isSuspended: boolean;
  } | null;
  /** Since when nothing runs it, and who paused it; null while it is active. */
  readonly paused: { readonly since: string; readonly byName: string | null } | null;
  /** Why nothing runs it now, whoever presses; null where it can run. */
  readonly stopped: StopReason | null;
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
  /** The credentials that it could use: those that both the reader and its owner may use, by name. */
  readonly choices: readonly { readonly id: string; readonly name: string; readonly baseUrl: string }[];
};

/**
 * What uses a credential and stands in the way of deleting it: the sources and destinations that the reader may see,
 * bounded; of the others only whose and how many. One whose owner has lost the right to the credential is no use of it.
 */
export type CredentialUses = {
  readonly shown: readonly Pick<EndpointSummary, "id" | "direction" | "name">[];
  /** How many the reader may see, those in `shown` included. */
  readonly visible: number;
  readonly total: number;
  /** Whose the others are, most first, bounded: all of these people are known to the reader as having access. */
  readonly hidden: readonly {
    readonly ownerName: string;
    readonly ownerIsDisabled: boolean;
    readonly count: number;
  }[];
  /** How many have stopped because their owner's right ended: they block nobody. */
  readonly stopped: number;
};
