import type { NewsKind } from "./news";
import type { MessageWords } from "./words";

/** A message of the inbox. The instant is ISO 8601 in UTC. */
export type InboxMessage = MessageWords & {
  readonly id: string;
  readonly kind: NewsKind;
  readonly at: string;
  readonly isUnread: boolean;
};
