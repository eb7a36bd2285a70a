/** How many days are left when an end is told: 0 once it has ended. */
export type EndingStage = 30 | 7 | 1 | 0;

/** `at`: an instant, ISO 8601 in UTC. */
type Ending = { readonly at: string; readonly stage: EndingStage };
type OfCredential = { readonly name: string; readonly server: string };
type OfEndpoint = { readonly name: string; readonly direction: "source" | "destination" };
type OfSharing = {
  readonly item: "credential" | "source" | "destination";
  readonly name: string;
  readonly by: string;
  /** The team that has, or had, the access; null for the reader's own. */
  readonly team: string | null;
};

/** How many items were shared with a team. */
export type SharedWithTeam = {
  readonly credentials: number;
  readonly sources: number;
  readonly destinations: number;
};

/** The reader's own membership in the team `name`. */
type OfTeam = {
  readonly item: "team";
  readonly name: string;
  /** Left out by versions before November 2026. */
  readonly teamId?: string;
  readonly by: string;
  readonly team: null;
};

/**
 * What a message tells, with the names of that time. Never a secret; the texts are typed by users and shown as text
 * only.
 */
export type News =
  | ({ readonly kind: "credential-rejected" | "credential-locked" } & OfCredential)
  | ({ readonly kind: "key-ends" } & OfCredential & Ending)
  | { readonly kind: "server-unreachable"; readonly server: string }
  | { readonly kind: "server-back"; readonly server: string; readonly since: string }
  | ({ readonly kind: "certificate-ends"; readonly server: string } & Ending)
  | ({ readonly kind: "run-failed" | "run-incomplete"; readonly runId: string } & OfEndpoint)
  | ({ readonly kind: "endpoint-paused"; readonly failures: number } & OfEndpoint)
  | ({ readonly kind: "shared"; readonly role: "administrator" | "operator" | "collaborator" } & OfSharing)
  | ({ readonly kind: "unshared" } & OfSharing)
  | ({
      readonly kind: "shared";
      readonly role: "owner" | "member";
      /** What the new member gets access to; left out where the end of a membership was undone. */
      readonly shares?: SharedWithTeam;
    } & OfTeam)
  | ({ readonly kind: "unshared" } & OfTeam)
  | { readonly kind: "ownership-offered"; readonly name: string; readonly by: string }
  | {
      readonly kind: "webhook-stopped";
      readonly channel?: undefined;
      readonly host: string;
      readonly why: "gone" | "failing";
      /** The team whose webhook it is; without one, the reader's own. */
      readonly team?: { readonly id: string; readonly name: string };
    }
  | {
      // A team's e-mail address is stopped as a webhook is, and is told as the same kind.
      readonly kind: "webhook-stopped";
      readonly channel: "email";
      /** The domain of the address. */
      readonly host: string;
      readonly why: "failing";
      readonly team: { readonly id: string; readonly name: string };
    }
  | { readonly kind: "new-sign-in"; readonly browser: string | null }
  | { readonly kind: "password-changed"; readonly how: "by-user" | "by-link" };

export type NewsKind = News["kind"];

/** What a team does not want to hear of, each kind once, and how many kinds differ from before. */
export function changedKinds(
  before: readonly NewsKind[],
  muted: readonly NewsKind[],
): { now: NewsKind[]; changes: number } {
  const [old, now] = [new Set(before), new Set(muted)];
  return {
    now: [...now],
    changes: [...new Set([...old, ...now])].filter((kind) => old.has(kind) !== now.has(kind)).length,
  };
}
