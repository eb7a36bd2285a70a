import type { Asks } from "./rights-routes";
import type { World } from "./rights-world";

type Fields = Record<string, string>;

/**
 * One server action. Its fields are such that whoever has the right is stopped by something else, so that nothing changes:
 * `passes` are the answers that only they can get. Those on a thing are called with every kind of id.
 */
export type ActionRow = Asks & {
  action: string;
  fields: (id: string, world: World) => Fields;
  passes: string[];
};

const never = "00000000-0000-4000-8000-000000000000";
const stale = "999";
const named = { name: "Matrix", description: "" };
const wizard = { direction: "source", connector: "bitbucket-server" };
const secret = { baseUrl: "https://bitbucket.invalid", username: "nobody", password: "nothing" };

/** Sharing is the same for both kinds of things. */
function sharing(kind: "credential" | "flow"): ActionRow[] {
  const ended = (id: string, world: World): Fields => ({ kind, id, grantId: world.endedGrant[kind] });
  const nobody = (id: string): Fields => ({ kind, id, holder: `person:${never}`, role: "collaborator" });
  // On a thing of one's own that grant is no grant at all.
  const passes = ["CONFLICT", "NOT_FOUND grant"];
  return [
    { action: "shareAction", of: kind, to: "share", fields: nobody, passes: ["INVALID_INPUT holder"] },
    {
      action: "changeGrantRoleAction",
      of: kind,
      to: "share",
      fields: (id, world) => ({ ...ended(id, world), role: "collaborator" }),
      passes,
    },
    { action: "revokeAction", of: kind, to: "share", fields: ended, passes },
    {
      action: "revokeUnbackedAction",
      of: kind,
      to: "share",
      fields: (id, world) => ({ kind, id, grantIds: world.endedGrant[kind] }),
      passes: ["CONFLICT"],
    },
    { action: "confirmGrantAction", of: kind, to: "share", fields: ended, passes },
    { action: "leaveAction", of: kind, to: "see", fields: ended, passes },
  ];
}

const offer = (credentialId: string): Fields => ({ credentialId, handoverId: never });

const server = "https://bitbucket.invalid";

function onlySignedIn(action: string, fields: Fields, pass: string): ActionRow[] {
  return [{ action, of: "signed-in", fields: () => fields, passes: [pass] }];
}

function forAdministrators(action: string, fields: (world: World) => Fields, pass: string): ActionRow[] {
  return [{ action, of: "portal administrator", fields: (_id, world) => fields(world), passes: [pass] }];
}

/** Every server action but those of `endingRows`. One that is missing here fails the test. */
export const actionRows: ActionRow[] = [
  {
    action: "editCredentialAction",
    of: "credential",
    to: "edit",
    fields: (credentialId) => ({ credentialId, version: stale, ...named }),
    passes: ["CONFLICT"],
  },
  {
    action: "replaceSecretAction",
    of: "credential",
    to: "replaceSecret",
    fields: (credentialId) => ({ credentialId, secretVersion: stale, ...secret }),
    passes: ["CONFLICT"],
  },
  {
    action: "deleteCredentialAction",
    of: "credential",
    to: "delete",
    fields: (credentialId) => ({ credentialId }),
    // All of them are in use.
    passes: ["CONFLICT"],
  },
  {
    action: "checkCredentialAction",
    of: "credential",
    to: "check",
    fields: (credentialId) => ({ credentialId }),
    passes: ["ok"],
  },
  {
    action: "setKeyEndAction",
    of: "credential",
    to: "edit",
    fields: (credentialId) => ({
      credentialId,
      secretVersion: stale,
      previous: "",
      keyExpiresOn: "2030-01-01",
    }),
    passes: ["CONFLICT"],
  },
  {
    action: "addFlowAction",
    of: "credential",
    to: "use",
    fields: (credentialId) => ({ ...wizard, credentialId, ...named }),
    // The second time the name is taken.
    passes: ["ok", "CONFLICT"],
  },
  ...sharing("credential"),
  {
    action: "offerHandoverAction",
    of: "credential",
    to: "handOver",
    fields: (credentialId) => ({ credentialId, toUserId: never }),
    passes: ["INVALID_INPUT toUserId"],
  },
  {
    action: "withdrawHandoverAction",
    of: "credential",
    to: "handOver",
    fields: offer,
    passes: ["NOT_FOUND offer"],
  },
  {
    action: "acceptHandoverAction",
    of: "signed-in",
    fields: (_id, world) => ({ ...offer(world.granted.credential), ...named }),
    passes: ["NOT_FOUND offer"],
  },
  {
    action: "declineHandoverAction",
    of: "signed-in",
    fields: (_id, world) => offer(world.granted.credential),
    passes: ["NOT_FOUND offer"],
  },

  {
    action: "editFlowAction",
    of: "flow",
    to: "edit",
    fields: (flowId) => ({ flowId, version: stale, ...named }),
    passes: ["CONFLICT"],
  },
  {
    action: "pauseFlowAction",
    of: "flow",
    to: "operate",
    fields: (flowId) => ({ flowId }),
    passes: ["ok", "CONFLICT"],
  },
  {
    action: "activateFlowAction",
    of: "flow",
    to: "operate",
    fields: (flowId) => ({ flowId }),
    passes: ["ok", "CONFLICT"],
  },
  ...sharing("flow"),

  {
    action: "editTeamAction",
    of: "team",
    to: "edit",
    fields: (teamId) => ({ teamId, version: stale, ...named }),
    passes: ["CONFLICT"],
  },
  {
    action: "addMemberAction",
    of: "team",
    to: "addMember",
    fields: (teamId) => ({ teamId, email: "nobody-at-all@example.com" }),
    passes: ["INVALID_INPUT email"],
  },
  {
    action: "removeMemberAction",
    of: "team",
    to: "removeMember",
    fields: (teamId) => ({ teamId, userId: never }),
    passes: ["NOT_FOUND member"],
  },
  {
    action: "changeMemberRoleAction",
    of: "team",
    to: "changeRole",
    fields: (teamId) => ({ teamId, userId: never, role: "owner" }),
    passes: ["NOT_FOUND member"],
  },
  ...(
    [
      ["acceptProposalAction", "answerProposal"],
      ["declineProposalAction", "answerProposal"],
      ["withdrawProposalAction", "withdrawProposal"],
    ] as const
  ).map(
    ([action, to]): ActionRow => ({
      action,
      of: "team",
      to,
      fields: (teamId) => ({ teamId, proposalId: never }),
      passes: ["NOT_FOUND proposal"],
    }),
  ),
  {
    action: "deleteTeamAction",
    of: "team",
    to: "delete",
    fields: (teamId) => ({ teamId }),
    // All of them hold something.
    passes: ["CONFLICT"],
  },
  {
    action: "inviteToTeamAction",
    of: "team",
    to: "invite",
    fields: (teamId) => ({ teamId, invitedEmail: "", days: "1" }),
    passes: ["ok"],
  },

  ...onlySignedIn("addCredentialAction", {}, "INVALID_INPUT name"),
  ...onlySignedIn("addTeamAction", { name: "" }, "INVALID_INPUT name"),
  ...onlySignedIn("renameSelfAction", { name: "" }, "INVALID_INPUT name"),
  ...onlySignedIn("changePasswordAction", {}, "INVALID_INPUT currentPassword"),
  ...onlySignedIn("endSessionAction", { sessionId: never }, "NOT_FOUND session"),
  ...onlySignedIn("endOtherSessionsAction", { which: "others" }, "ok"),
  ...onlySignedIn("acceptInvitationAction", { token: "x".repeat(43) }, "NOT_ALLOWED"),
  ...onlySignedIn("declineInvitationAction", { token: "x".repeat(43) }, "NOT_ALLOWED"),
  // Absent, or of a team that one has no part in: the invitation is as good as none.
  ...onlySignedIn("revokeInvitationAction", { invitationId: never }, "NOT_FOUND invitation"),
  ...onlySignedIn("dismissNoticeAction", { noticeId: never }, "NOT_FOUND notice"),
  ...onlySignedIn("revokeResetAction", { resetId: never }, "NOT_FOUND link"),
  { action: "resetPasswordAction", of: "anyone", fields: () => ({}), passes: ["INVALID_INPUT newPassword"] },
  { action: "signUpAction", of: "anyone", fields: () => ({}), passes: ["INVALID_INPUT name"] },
  { action: "signOutAction", of: "anyone", fields: () => ({}), passes: ["ok"] },

  ...forAdministrators("enablePersonAction", (world) => ({ personId: world.spare }), "CONFLICT"),
  ...forAdministrators(
    "changeRoleAction",
    (world) => ({ personId: world.spare, role: "member" }),
    "CONFLICT",
  ),
  ...forAdministrators("signOutEverywhereAction", (world) => ({ personId: world.spare }), "ok"),
  ...forAdministrators("makeResetAction", (world) => ({ personId: world.spare }), "ok"),
  ...forAdministrators("disablePersonAction", (world) => ({ personId: world.spare }), "ok"),
  ...forAdministrators("inviteToPortalAction", () => ({ invitedEmail: "", teamId: "", days: "1" }), "ok"),
  ...forAdministrators("inspectCertificateAction", () => ({ server, source: "server" }), "CHECK_FAILED"),
  ...forAdministrators(
    "trustCertificateAction",
    () => ({ server, kind: "pin", sha256: Array(32).fill("AB").join(":") }),
    "CONFLICT",
  ),
  ...forAdministrators("endTrustAction", () => ({ server, trustId: never }), "NOT_FOUND trust"),
];

/** What cannot be tried without happening, so it comes last: on things that nothing is asked about afterwards. */
export const endingRows: ActionRow[] = [
  { action: "deleteFlowAction", of: "flow", to: "delete", fields: (flowId) => ({ flowId }), passes: ["ok"] },
  {
    action: "leaveTeamAction",
    of: "team",
    to: "leave",
    fields: (teamId) => ({ teamId }),
    // The last owner cannot.
    passes: ["ok", "CONFLICT"],
  },
];
