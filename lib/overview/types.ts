import type { CredentialRole } from "@/lib/credentials/policy";
import type { CredentialTile } from "@/lib/credentials/types";
import type { EndpointRole } from "@/lib/endpoints/policy";
import type { Direction } from "@/lib/paths";
import type { TeamRole } from "@/lib/teams/policy";

/** What needs the user, or is new to them. `at` is when it happened, or when it will; ISO 8601 in UTC. */
export type Need =
  | (CredentialNeed & { readonly kind: "rejected" | "locked" | "ended" | "ends-soon" })
  | (EndpointNeed & {
      readonly kind: "run-failed" | "run-incomplete" | "paused-by-itself";
      readonly runId: string;
    })
  | (Omit<EndpointNeed, "role"> & { readonly kind: "credential-lost" })
  | (Named & { readonly kind: "offer"; readonly byName: string })
  | (Named & {
      readonly kind: "proposal";
      readonly byName: string;
      /** Who is proposed as what; the name is the team's. */
      readonly userName: string;
      readonly role: TeamRole;
    })
  | (Named & { readonly kind: "shared"; readonly thing: "credential" | Direction } & SharedBy)
  | (Named & { readonly kind: "certificate" | "unreachable" });

type Named = { readonly id: string; readonly name: string; readonly at: string };

type CredentialNeed = Named & { readonly role: CredentialRole; readonly ownerName: string };

type EndpointNeed = Named & { readonly direction: Direction; readonly role: EndpointRole };

type SharedBy = { readonly byName: string; readonly role: CredentialRole | EndpointRole };

export type NeedKind = Need["kind"];

/** A credential for the start page: it needs somebody, or its key ends within 90 days. */
export type ToldCredential = Pick<
  CredentialTile,
  "id" | "name" | "role" | "ownerName" | "status" | "isSuspended" | "checkedAt" | "keyEndsAt"
>;

/** Something that ends within 90 days. */
export type Ending = {
  readonly kind: "key" | "certificate";
  /** Of the credential, or of the server. */
  readonly id: string;
  readonly name: string;
  readonly at: string;
};

/** Counts go no further than this; one more stands for any greater number. */
export const mostNeedsCounted = 99;

/** How much there is of each need, up to `mostNeedsCounted`. */
export type NeedCounts = {
  readonly rejected: number;
  readonly locked: number;
  readonly ended: number;
  readonly endsSoon: number;
  /** Those whose newest run failed or is incomplete, without the stopped ones. */
  readonly sources: number;
  readonly destinations: number;
  /** Own ones whose credential was taken from the user in the last seven days. */
  readonly stoppedSources: number;
  readonly stoppedDestinations: number;
};

/** Who did a first step: the user, or only others, who shared what came of it; null if it is not done. */
export type StepDone = "own" | "shared" | null;

/** The first steps of a new user. */
export type FirstSteps = {
  readonly credential: StepDone;
  readonly endpoint: StepDone;
  /** Others' runs count only for a user without an own source or destination. */
  readonly run: StepDone;
  /** Something that the user shared; never `shared`. */
  readonly share: StepDone;
};
