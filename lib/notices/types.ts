import type { notices } from "@/drizzle/schema";

/** What a notice tells of. */
export type NoticeKind = (typeof notices.$inferSelect)["kind"];

/** Something that a user has to be told, with the names of today. The instant is ISO 8601 in UTC. */
export type Notice = {
  readonly id: string;
  readonly kind: NoticeKind;
  readonly byName: string;
  /** Whom it happened to; null where that is the reader. */
  readonly aboutName: string | null;
  readonly team: { readonly id: string; readonly name: string } | null;
  readonly at: string;
};
