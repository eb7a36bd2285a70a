import type { ConnectorSlug, Direction } from "@/lib/connectors";
import type { CredentialStatus } from "@/lib/credentials/types";

/** A source or destination as lists and its page show it, with the credential that it uses. Instants are ISO 8601 in UTC. */
export type FlowSummary = {
  readonly id: string;
  readonly direction: Direction;
  readonly connector: ConnectorSlug;
  readonly name: string;
  readonly description: string;
  readonly createdAt: string;
  readonly credential: {
    readonly id: string;
    readonly name: string;
    readonly baseUrl: string;
    readonly status: CredentialStatus;
  };
};

/** A source or destination as its edit form starts from it. */
export type EditableFlow = {
  readonly direction: Direction;
  readonly name: string;
  readonly description: string;
  readonly version: number;
};
