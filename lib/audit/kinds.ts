import type { AuditEvent } from "./events";

/** The kind of an event, by its name in rows and URLs. */
export type EventKind = AuditEvent["event"];

/** The label of every kind, in the filter's order. The compiler requires each kind. */
export const eventLabels: Record<EventKind, string> = {
  "user.signed-up": "Account created",
  "user.signed-in": "Signed in",
  "user.sign-in-failed": "Sign-in refused",
  "user.signed-out": "Signed out",
  "user.renamed": "Own name changed",
  "user.password-changed": "Password changed",
  "user.password-change-failed": "Password change refused",
  "user.sessions-ended": "Sessions ended",
  "user.reset-link-made": "Password reset link made",
  "user.reset-link-revoked": "Password reset link taken back",
  "user.password-reset": "Password reset",
  "user.notice-seen": "Notice seen",
  "user.share-seen": "Share seen",
  "user.inbox-read": "Inbox read",
  "user.notifications-chosen": "Notifications chosen",
  "user.calendar-made": "Calendar address made",
  "user.calendar-revoked": "Calendar address ended",
  "user.webhook-added": "Webhook added",
  "user.webhook-removed": "Webhook removed",
  "user.webhook-tested": "Webhook tested",
  "user.webhook-stopped": "Webhook stopped",
  "user.disabled": "Account disabled",
  "user.enabled": "Account enabled",
  "user.restored": "Disabling of account undone",
  "user.role-changed": "Portal role changed",
  "invitation.added": "Invitation made",
  "invitation.revoked": "Invitation taken back",
  "invitation.declined": "Invitation declined",
  "team.added": "Team created",
  "team.edited": "Team edited",
  "team.deleted": "Team deleted",
  "team.member-added": "Team member added",
  "team.member-removed": "Team member removed",
  "team.member-left": "Team left",
  "team.member-restored": "Membership in team restored",
  "team.role-changed": "Role in team changed",
  "team.member-proposed": "Team member proposed",
  "team.proposal-accepted": "Proposal for team accepted",
  "team.proposal-declined": "Proposal for team declined",
  "team.proposal-withdrawn": "Proposal for team withdrawn",
  "team.changed-without-owner": "Team changed while no owner could act",
  "team.member-enabled": "Account of team member enabled",
  "team.member-reset": "Password of team member reset",
  "team.notifications-chosen": "Notifications of team chosen",
  "team.mail-added": "E-mail address of team added",
  "team.mail-removed": "E-mail address of team removed",
  "team.mail-tested": "E-mail address of team tested",
  "team.mail-stopped": "E-mail address of team stopped",
  "team.webhook-added": "Webhook of team added",
  "team.webhook-removed": "Webhook of team removed",
  "team.webhook-tested": "Webhook of team tested",
  "team.webhook-stopped": "Webhook of team stopped",
  "credential.added": "Credential added",
  "credential.edited": "Credential edited",
  "credential.secret-replaced": "Secret replaced",
  "credential.secret-switched-back": "Previous secret in use again",
  "credential.previous-secret-checked": "Previous secret checked",
  "credential.previous-secret-forgotten": "Previous secret deleted",
  "credential.deleted": "Credential deleted",
  "credential.refused": "Credential not saved",
  "credential.checked": "Credential checked",
  "credential.check-not-kept": "Credential checked, answer not kept",
  "credential.tried-again": "Another try after a refused sign-in",
  "credential.sent-past-front": "Credential sent past a sign-in or firewall",
  "credential.key-end-set": "End of API key entered",
  "credential.shared": "Credential shared",
  "credential.role-changed": "Role on credential changed",
  "credential.access-confirmed": "Access to credential confirmed",
  "credential.unshared": "Access to credential taken back",
  "credential.access-restored": "Access to credential restored",
  "credential.left": "Access to credential given up",
  "credential.handover-offered": "Handing over of credential offered",
  "credential.handover-withdrawn": "Handing over of credential withdrawn",
  "credential.handover-declined": "Handing over of credential declined",
  "credential.handed-over": "Credential handed over",
  "flow.added": "Source or destination added",
  "flow.edited": "Source or destination edited",
  "flow.paused": "Source or destination paused",
  "flow.activated": "Source or destination activated",
  "flow.deleted": "Source or destination deleted",
  "flow.credential-deleted": "Credential of a stopped source or destination deleted",
  "flow.shared": "Source or destination shared",
  "flow.role-changed": "Role on source or destination changed",
  "flow.access-confirmed": "Access to source or destination confirmed",
  "flow.unshared": "Access to source or destination taken back",
  "flow.access-restored": "Access to source or destination restored",
  "flow.left": "Access to source or destination given up",
  "dataset.downloaded": "Data set downloaded",
  "upload.received": "File uploaded",
  "deliveries.downloaded": "Results of a run downloaded",
  "run.requested": "Run requested",
  "run.cancelled": "Run cancelled",
  "run.ended": "Run ended",
  "run.schedule-paused": "Schedule paused after failures",
  "server.trust-added": "Certificate trusted",
  "server.trust-ended": "Trust in certificate ended",
  "server.policy-changed": "Policy for sign-ins changed",
  "keys.created": "First data key made",
  "keys.rewrapped": "Data key wrapped anew",
  "keys.rotated": "Data key rotated",
  "keys.resealed": "Secrets sealed anew",
  "audit.exported": "Audit log exported",
};

const refusals: ReadonlySet<string> = new Set<EventKind>([
  "user.sign-in-failed",
  "user.password-change-failed",
  "credential.refused",
]);
// The events about a check alone; for a stored credential, storing it is the result, whatever the check said.
const checks: ReadonlySet<string> = new Set<EventKind>([
  "credential.checked",
  "credential.check-not-kept",
  "credential.previous-secret-checked",
]);
const refusedVerdicts: ReadonlySet<unknown> = new Set(["rejected", "locked"]);

/** The result of an event. `unanswered`: the server could not be reached. */
export type EventResult = "done" | "refused" | "unanswered";

/** True if a text, such as a search parameter, names a kind. */
export function isEventKind(text: string): text is EventKind {
  return Object.hasOwn(eventLabels, text);
}

/** The result of an event: done, refused by the portal or the server, or unanswered by the server. */
export function resultOf(event: string, details: Readonly<Record<string, unknown>>): EventResult {
  if (refusals.has(event)) return "refused";
  if (!checks.has(event)) return "done";
  if (details.verdict === "nothing") return "unanswered";
  return refusedVerdicts.has(details.verdict) ? "refused" : "done";
}
