import type { notices } from "@/drizzle/schema";

/** The event that a notice is about. */
export type NoticeKind = (typeof notices.$inferSelect)["kind"];

/** A notice to a user, with current names. The instant is ISO 8601 in UTC. */
export type Notice = {
  readonly id: string;
  readonly kind: NoticeKind;
  readonly byName: string;
  /** The user it is about; null if that is the reader. */
  readonly aboutName: string | null;
  readonly team: { readonly id: string; readonly name: string } | null;
  readonly source: { readonly id: string; readonly name: string } | null;
  readonly at: string;
};
