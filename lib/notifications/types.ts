import type { NewsKind } from "./news";
import type { MessageWords } from "./words";

/** A message of the inbox. The instant is ISO 8601 in UTC. */
export type InboxMessage = MessageWords & {
  readonly id: string;
  readonly kind: NewsKind;
  readonly at: string;
  readonly isUnread: boolean;
};

/** What came of a message that a form sends at once: if its attempt has not ended yet, the delivery log tells its end. */
export type Sending = { readonly isUnderWay: boolean };
