type TeamRole = "owner" | "member";

/** The events of teams; the subject is the team. Names are those of that time. */
export type TeamEvent =
  | { event: "team.added"; subjectId: string; details: { name: string } }
  | { event: "team.edited"; subjectId: string; details: { name: string } }
  | { event: "team.deleted"; subjectId: string; details: { name: string } }
  | {
      event: "team.member-added";
      subjectId: string;
      details: { userId: string; role: TeamRole; invitationId: string | null };
    }
  | { event: "team.member-removed"; subjectId: string; details: { userId: string } }
  | { event: "team.member-left"; subjectId: string; details: { userId: string } }
  // The end of a membership was undone by the user who had ended it.
  | { event: "team.member-restored"; subjectId: string; details: { userId: string; role: TeamRole } }
  | { event: "team.role-changed"; subjectId: string; details: { userId: string; role: TeamRole } }
  // By a portal administrator who is no owner of the team, or through their link: an owner has to agree.
  | {
      event: "team.member-proposed";
      subjectId: string;
      details: { userId: string; role: TeamRole; invitationId: string | null };
    }
  | {
      event: "team.proposal-accepted" | "team.proposal-declined" | "team.proposal-withdrawn";
      subjectId: string;
      details: { userId: string; role: TeamRole };
    }
  // No owner could act, so the administrator's request was enough; `told` counts the notified members.
  | {
      event: "team.changed-without-owner";
      subjectId: string;
      details: { userId: string; role: TeamRole; told: number };
    }
  // What an administrator did to the account of a team member.
  | {
      event: "team.member-enabled" | "team.member-reset";
      subjectId: string;
      details: { userId: string };
    }
  | {
      event: "team.notifications-chosen";
      subjectId: string;
      // Older entries do not say by which way.
      details: { changes: number; channel?: "email" | "webhook" };
    }
  | {
      event: "team.webhook-added" | "team.webhook-removed" | "team.webhook-tested";
      subjectId: string;
      details: { host: string };
    }
  | {
      event: "team.mail-added";
      subjectId: string;
      // The domain of the address in whose place it came, if any.
      details: { domain: string; replaced?: string };
    }
  | {
      event: "team.mail-removed" | "team.mail-tested" | "team.mail-stopped";
      subjectId: string;
      details: { domain: string };
    }
  | {
      event: "team.webhook-stopped";
      subjectId: string;
      details: { host: string; reason: "gone" | "failing" };
    };
