import { accountActions } from "./account";
import { calendarActions } from "./calendar";
import { credentialDeletionActions } from "./credential-deletion";
import { credentialActions } from "./credentials";
import { deliveryActions } from "./deliveries";
import { displayActions } from "./display";
import { endpointActions } from "./endpoints";
import type { ActionEntry, DomainActions, HarmlessCall } from "./entry";
import { invitationActions } from "./invitations";
import { noticeActions } from "./notices";
import { notificationActions } from "./notifications";
import { overviewActions } from "./overview";
import { passwordResetActions } from "./password-resets";
import { previousSecretActions } from "./previous-secrets";
import { rehearsalActions } from "./rehearsals";
import { runActions } from "./runs";
import { serverActions } from "./servers";
import { sharingActions } from "./sharing";
import { signInPolicyActions } from "./sign-in-policy";
import { teamMailActions } from "./team-mail";
import { teamActions } from "./teams";
import { transferActions } from "./transfers";
import { userActions } from "./users";
import { webhookActions } from "./webhooks";

const byDomain: Readonly<Record<string, DomainActions>> = {
  account: accountActions,
  calendar: calendarActions,
  credentials: credentialActions,
  "credentials/deletion": credentialDeletionActions,
  "credentials/previous": previousSecretActions,
  deliveries: deliveryActions,
  display: displayActions,
  endpoints: endpointActions,
  invitations: invitationActions,
  notices: noticeActions,
  notifications: notificationActions,
  "notifications/team-mail": teamMailActions,
  "notifications/webhooks": webhookActions,
  overview: overviewActions,
  "password-resets": passwordResetActions,
  rehearsals: rehearsalActions,
  runs: runActions,
  servers: serverActions,
  sharing: sharingActions,
  "sign-in-policy": signInPolicyActions,
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
