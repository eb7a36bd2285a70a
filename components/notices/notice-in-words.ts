import type { Notice, NoticeKind } from "@/lib/notices/types";
import { endpointPath } from "@/lib/paths";

/** What happened, its consequence, and a link to act on it. */
type Words = {
  readonly title: string;
  readonly text: string;
  readonly link: { readonly href: string; readonly label: string } | null;
};

/** A notice in words for its reader. */
export function noticeInWords(notice: Notice): Words {
  const { byName: by, aboutName, team, source } = notice;
  const about = aboutName ?? "Somebody";
  const teamName = team?.name ?? "a team";
  const toTeam = team && { href: `/teams/${team.id}`, label: "Look at the team" };
  const toAccount = { href: "/account", label: "Your account" };
  const words: Record<NoticeKind, () => Words> = {
    "team-member-added": () => ({
      title: `${about} is in the team ${teamName} now`,
      text: `${by}, a portal administrator, added them while no owner of the team could act. They can use what is shared with it.`,
      link: toTeam,
    }),
    "team-owner-made": () => ({
      title: `${about} is an owner of the team ${teamName} now`,
      text: `${by}, a portal administrator, decided it while no owner of the team could act. Owners let others in.`,
      link: toTeam,
    }),
    "team-member-enabled": () => ({
      title: `The account of ${about} is enabled again`,
      text: `${by}, a portal administrator, enabled it. ${about} can use what is shared with the team ${teamName}. If that is not right, take them out of it.`,
      link: toTeam,
    }),
    "team-member-reset": () => ({
      title: `The password of ${about} was reset`,
      text: `${by}, a portal administrator, made a link for that. The person who used it can use what is shared with the team ${teamName}. Ask ${about} whether it was them.`,
      link: toTeam,
    }),
    "reset-link-made": () => ({
      title: "A link was made that sets a new password for your account",
      text: `${by}, a portal administrator, made it. If you did not ask for it, take it back and ask them why.`,
      link: toAccount,
    }),
    "password-reset": () => ({
      title: "Your password was reset",
      text: `A link was used that ${by}, a portal administrator, had made, and all your sessions ended. If it was not you, change your password and ask for the audit log.`,
      link: toAccount,
    }),
    "administrator-reset-link-made": () => ({
      title: `A link was made that sets a new password for ${about}`,
      text: `${by} made it; both are portal administrators. Ask ${about} whether they asked for it.`,
      link: null,
    }),
    "schedule-paused": () => ({
      title: `The schedule of ${source?.name ?? "a source"} paused it`,
      text: "All of its runs failed for two days or longer. Look at the last run, mend what it names, and activate the source again.",
      link: source && { href: endpointPath("source", source.id), label: "Look at the source" },
    }),
  };
  return words[notice.kind]();
}
