/** The domains of lib. Each has the same rooms. */
export const domains = [
  "account",
  "credentials",
  "flows",
  "handovers",
  "invitations",
  "keys",
  "notices",
  "people",
  "resets",
  "servers",
  "sharing",
  "teams",
];

/** The rooms that every domain may have. */
export const domainFiles = new Set([
  "types.ts",
  "schema.ts",
  "policy.ts",
  "visibility.ts",
  "queries.ts",
  "mutations.ts",
  "actions.ts",
]);

/** The rooms that one domain has besides: each needs a reason, and the reason is a line here. */
export const moreFiles: Record<string, string[]> = {
  // What is Latchkey's own trade: sealing a secret, judging a check, remembering what was typed.
  credentials: [
    "check.ts",
    // Lets the form read along while its check climbs.
    "check-progress.ts",
    // The rows of server and check that each stored secret brings along.
    "check-rows.ts",
    // A credential's row as a tile, for all queries that show one.
    "tile-rows.ts",
    // The groups that tiles fall into for one person: mine, shared with me, each team.
    "tile-groups.ts",
    "secret-store.ts",
    "verdict.ts",
    "proof.ts",
    "kept-fields.ts",
    // Permissions for what was typed: to store it unproven, to send it past what stands in front.
    "typed-ticket.ts",
    // What the audit log tells of one credential to those who see it.
    "history.ts",
    // What keeps an account from being locked by us: whom it counts for, the rules, the one who keeps them, who may bend them.
    "guarded-account.ts",
    "guard-rules.ts",
    "sign-in-guard.ts",
    // What one attempt found, on its way to those who waited for it in other processes.
    "settled-outcome.ts",
    "try-again-ticket.ts",
    "check-stop.ts",
    // What a check brought back, as it stands at the moment of reading; and the one part of it that is bytes.
    "facts.ts",
    "avatar-store.ts",
    // Checks that come by themselves: when, and the job that makes them.
    "check-schedule.ts",
    "recheck.ts",
    // All of them, begun in a portal's process or in one of their own.
    "background-jobs.ts",
    "worker-command.ts",
    // The look before every write: locked first, judged by the policy after.
    "require-right.ts",
    // Which rows are kept no longer.
    "retention.ts",
  ],
  // The same look before every write to a source or destination.
  flows: [
    "require-right.ts",
    // What becomes of those that had stopped when their credential is deleted.
    "detach.ts",
  ],
  teams: [
    // That look, and the rows of who is in a team.
    "require-right.ts",
    "membership.ts",
    // Whom administrators propose, and whose word lets somebody in.
    "proposals.ts",
    "entry.ts",
    // What the audit log tells of one team to those who see it.
    "history.ts",
  ],
  // Putting a notice before somebody, for the domains in which something happens to them.
  notices: ["tell.ts", "retention.ts"],
  // Which links work, where a browser keeps the token of one, and how long their rows are kept.
  resets: ["live-reset.ts", "reset-cookie.ts", "retention.ts"],
  // Which invitations count, for those who answer one and those who sign up with one.
  invitations: [
    "live-invitation.ts",
    // Which of the others are kept no longer.
    "retention.ts",
  ],
  // The command of an operator at a terminal: its verbs, what it prints, and the loop that re-seals beside people who edit.
  keys: ["command.ts", "call.ts", "verbs.ts", "report.ts", "reseal-all.ts", "stored-secret.ts"],
  sharing: [
    // What a grant reaches, for the visibility rules of everything that can be shared.
    "held-by.ts",
    // The two tables of grants, asked in one way.
    "grant-rows.ts",
    // All the ways that lead to a thing, put together by person.
    "ways.ts",
    // Whose grants still lead back to the owner: the rule, and what it is asked of.
    "backing.ts",
    "unbacked.ts",
    // Where things are shared and handed over.
    "paths.ts",
  ],
  // What a server presents, and what of it is trusted at the moment of a call.
  servers: ["inspect.ts", "trusted-egress.ts"],
};

/** Which folders of lib a folder of lib may use; a domain may use all of them. */
export const mayUse: Record<string, string[]> = {
  egress: [],
  bitbucket: ["egress"],
  crypto: ["db"],
  db: [],
  // Of bitbucket the words for a failed check alone, so that the log says the same as the pages.
  audit: ["bitbucket", "crypto", "db"],
  auth: ["audit", "crypto", "db"],
  jobs: ["db"],
};
