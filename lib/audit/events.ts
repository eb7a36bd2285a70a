import type { Verdict } from "@/drizzle/schema";
import type { Direction } from "@/lib/paths";
import type { RunEvent } from "./run-events";
import type { SecretEvent } from "./secret-events";
import type { TeamEvent } from "./team-events";

/** The trusted certificate, and the one server it is trusted for. */
type TrustDetails = { origin: string; kind: "authority" | "pin"; sha256: string };

/** The rules of a policy for sign-ins. */
type SignInRules = {
  passwords: "allow" | "warn" | "refuse";
  keysMustEnd: "no" | "warn" | "refuse";
  longestDays: number | null;
};

/** A grant that began or ended. Names are those of that time and may have changed since. */
type GrantDetails = {
  grantId: string;
  holder: "person" | "team";
  holderId: string;
  holderName: string;
  role: "administrator" | "operator" | "collaborator";
};

/**
 * All events of the audit log. Each declares its fields, so that no field could hold a secret; typed texts are
 * limited to names.
 */
export type AuditEvent =
  | {
      event: "user.signed-up";
      subjectId: string;
      details: { role: "administrator" | "member"; invitationId: string | null };
    }
  | { event: "user.signed-in"; subjectId: string; details: Record<string, never> }
  | {
      event: "user.sign-in-failed";
      subjectId: string | null;
      // One event covers several within a minute: their number, since when, and from how many addresses.
      details: {
        reason: "not-accepted" | "rate-limited";
        count?: number;
        since?: string;
        addresses?: number;
      };
    }
  | { event: "user.signed-out"; subjectId: string; details: Record<string, never> }
  | { event: "user.renamed"; subjectId: string; details: { name: string } }
  | { event: "user.password-changed"; subjectId: string; details: { endedSessions: number } }
  | {
      event: "user.password-change-failed";
      subjectId: string;
      details: { reason: "not-accepted" | "rate-limited" };
    }
  | {
      event: "user.sessions-ended";
      subjectId: string;
      details: { which: "one" | "others" | "all"; endedSessions: number };
    }
  | { event: "user.disabled"; subjectId: string; details: { endedSessions: number } }
  | { event: "user.enabled"; subjectId: string; details: Record<string, never> }
  // The administrator who had disabled the account undid it at once: its sessions live again.
  | { event: "user.restored"; subjectId: string; details: { restoredSessions: number } }
  | {
      event: "user.role-changed";
      subjectId: string;
      details: { role: "administrator" | "member"; endedSessions: number };
    }
  | TeamEvent
  | { event: "user.inbox-read"; subjectId: string; details: { messages: number } }
  | { event: "user.notifications-chosen"; subjectId: string; details: { changes: number } }
  | { event: "user.calendar-made"; subjectId: string; details: Record<string, never> }
  | { event: "user.calendar-revoked"; subjectId: string; details: Record<string, never> }
  | { event: "user.webhook-added"; subjectId: string; details: { host: string } }
  | { event: "user.webhook-removed"; subjectId: string; details: { host: string } }
  | { event: "user.webhook-tested"; subjectId: string; details: { host: string } }
  | {
      event: "user.webhook-stopped";
      subjectId: string;
      details: { host: string; reason: "gone" | "failing" };
    }
  | {
      event: "user.share-seen";
      subjectId: string;
      // Events from before the item was named have no id.
      details: { thing: "credential" | "source" | "destination"; itemId?: string };
    }
  | { event: "user.notice-seen"; subjectId: string; details: { notice: string } }
  | { event: "user.reset-link-made"; subjectId: string; details: { resetId: string; hours: number } }
  | { event: "user.reset-link-revoked"; subjectId: string; details: { resetId: string } }
  // By whoever had the link; no user was signed in.
  | {
      event: "user.password-reset";
      subjectId: string;
      details: { resetId: string; madeById: string; endedSessions: number };
    }
  | {
      event: "invitation.added";
      subjectId: string;
      details: { teamId: string | null; opensSignUp: boolean; days: number };
    }
  | { event: "invitation.revoked"; subjectId: string; details: { teamId: string | null } }
  | { event: "invitation.declined"; subjectId: string; details: { teamId: string | null } }
  | {
      event: "credential.added";
      subjectId: string;
      details: {
        name: string;
        baseUrl: string;
        method: "password" | "api-key";
        verdict: Verdict | "unchecked";
      };
    }
  | { event: "credential.refused"; subjectId: string | null; details: { baseUrl: string; reason: string } }
  | {
      event: "credential.edited";
      subjectId: string;
      details: { fields: ("name" | "description" | "tags")[]; name: string; previousName: string };
    }
  | SecretEvent
  | {
      event: "credential.deleted";
      subjectId: string;
      details: { name: string; baseUrl: string };
    }
  // A user sent one more sign-in to an account that its server had refused.
  | { event: "credential.tried-again"; subjectId: string | null; details: { baseUrl: string } }
  // A user sent a credential past the proxy that turns visitors away there.
  | { event: "credential.sent-past-front"; subjectId: string | null; details: { baseUrl: string } }
  | {
      event: "credential.checked";
      subjectId: string;
      details: { verdict: Verdict; reason: string | null };
    }
  // The server was asked, but before its answer was stored, the right had ended, the secret was replaced, or the
  // credential was deleted.
  | {
      event: "credential.check-not-kept";
      subjectId: string;
      details: { verdict: Verdict; reason: string | null };
    }
  | { event: "server.trust-added"; subjectId: string; details: TrustDetails }
  | { event: "server.trust-ended"; subjectId: string; details: TrustDetails }
  // A null address is for all servers. Null rules: the server follows those for all servers.
  | {
      event: "server.policy-changed";
      subjectId: string;
      details: { baseUrl: string | null; rules: SignInRules | null; previous: SignInRules | null };
    }
  | { event: "credential.key-end-set"; subjectId: string; details: { keyExpiresOn: string | null } }
  | {
      event: "flow.added";
      subjectId: string;
      // What a source reads, or a destination writes, by its id. Events from before there was a choice have neither.
      details: {
        direction: Direction;
        name: string;
        credentialId: string;
        stream?: string;
        action?: string;
      };
    }
  | {
      event: "flow.edited";
      subjectId: string;
      details: {
        direction: Direction;
        fields: (
          | "name"
          | "description"
          | "credential"
          | "settings"
          | "writing"
          | "input"
          | "schedule"
          | "retention"
        )[];
        name: string;
        previousName: string;
        credentialId: string | null;
        previousCredentialId: string | null;
        stream?: string;
        action?: string;
      };
    }
  | {
      event: "flow.paused" | "flow.activated";
      subjectId: string;
      details: { direction: Direction; name: string };
    }
  | {
      event: "flow.deleted";
      subjectId: string;
      details: { direction: Direction; name: string; credentialId: string | null };
    }
  // The owner had lost access to the credential, which was then deleted.
  | {
      event: "flow.credential-deleted";
      subjectId: string;
      details: { direction: Direction; name: string; credentialId: string };
    }
  | { event: "credential.shared" | "flow.shared"; subjectId: string; details: GrantDetails }
  | {
      event: "credential.role-changed" | "flow.role-changed";
      subjectId: string;
      details: GrantDetails & { endedGrantId: string; roleBefore: GrantDetails["role"] };
    }
  // The giver may no longer share; another user who may confirmed the grant.
  | {
      event: "credential.access-confirmed" | "flow.access-confirmed";
      subjectId: string;
      details: GrantDetails & { endedGrantId: string; givenBefore: string };
    }
  | { event: "credential.unshared" | "flow.unshared"; subjectId: string; details: GrantDetails }
  // The end of a grant was undone by the user who had ended it.
  | { event: "credential.access-restored" | "flow.access-restored"; subjectId: string; details: GrantDetails }
  | { event: "credential.left" | "flow.left"; subjectId: string; details: GrantDetails }
  | {
      event: "credential.handover-offered";
      subjectId: string;
      details: { handoverId: string; toUserId: string; toName: string };
    }
  | {
      event: "credential.handover-withdrawn" | "credential.handover-declined";
      subjectId: string;
      details: { handoverId: string; toUserId: string };
    }
  | {
      event: "credential.handed-over";
      subjectId: string;
      details: {
        handoverId: string;
        fromUserId: string;
        fromName: string;
        toUserId: string;
        toName: string;
        name: string;
        nameBefore: string;
        formerOwnersGrantId: string;
        // Only where a kept previous secret was deleted.
        isPreviousDeleted?: boolean;
      };
    }
  | RunEvent
  // For keys, the subject is a data key; a wrapping key is named by its id in SECRET_KEYS.
  | { event: "keys.created"; subjectId: string; details: Record<string, never> }
  | {
      event: "keys.rewrapped";
      subjectId: string;
      details: { wrappingKey: string; done: number; of: number };
    }
  | { event: "keys.rotated"; subjectId: string; details: { retiredDataKey: string } }
  | { event: "keys.resealed"; subjectId: string; details: { secrets: number } }
  | { event: "audit.exported"; subjectId: null; details: { format: "csv" | "ndjson"; narrowed: boolean } };
