import { accountActions } from "./account";
import { credentialDeletionActions } from "./credential-deletion";
import { credentialActions } from "./credentials";
import { endpointActions } from "./endpoints";
import type { ActionEntry, DomainActions, HarmlessCall } from "./entry";
import { invitationActions } from "./invitations";
import { noticeActions } from "./notices";
import { passwordResetActions } from "./password-resets";
import { serverActions } from "./servers";
import { sharingActions } from "./sharing";
import { teamActions } from "./teams";
import { transferActions } from "./transfers";
import { userActions } from "./users";

const byDomain: Readonly<Record<string, DomainActions>> = {
  account: accountActions,
  credentials: credentialActions,
  "credentials/deletion": credentialDeletionActions,
  endpoints: endpointActions,
  invitations: invitationActions,
  notices: noticeActions,
  "password-resets": passwordResetActions,
  servers: serverActions,
  sharing: sharingActions,
  teams: teamActions,
  transfers: transferActions,
  users: userActions,
};

/** An entry with the name that its actions.ts exports; `domain` is the folder below `lib`. */
export type RegisteredAction = ActionEntry & { readonly name: string; readonly domain: string };

/** Every server action. `register.test.ts` compares them with the sources. */
export const everyAction: readonly RegisteredAction[] = Object.entries(byDomain).flatMap(
  ([domain, actions]) => Object.entries(actions).map(([name, entry]) => ({ name, domain, ...entry })),
);

/** True for an action that needs no session. */
export function isForVisitors({ calls }: ActionEntry): boolean {
  return calls.some(({ of }) => of === "anyone");
}

/** One harmless call of a named action. */
export type ActionRow = HarmlessCall & { readonly action: string };

/** Every harmless call. */
export const actionRows = rowsOf(everyAction.filter(({ comesLast }) => !comesLast));
/** The calls that take effect, on items that no later test needs. */
export const lastRows = rowsOf(everyAction.filter(({ comesLast }) => comesLast));

function rowsOf(actions: readonly RegisteredAction[]): readonly ActionRow[] {
  return actions.flatMap(({ name, calls }) => calls.map((call) => ({ action: name, ...call })));
}
