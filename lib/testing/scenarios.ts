import { isNull } from "drizzle-orm";
import { credentialHandovers } from "@/drizzle/schema";
import { openSession } from "@/lib/auth/sessions";
import { addCredential } from "@/lib/credentials/mutations";
import { addFlow, pauseFlow } from "@/lib/endpoints/mutations";
import { listNotices } from "@/lib/notices/queries";
import { makeReset } from "@/lib/password-resets/mutations";
import { listOwnResets } from "@/lib/password-resets/queries";
import { offerHandover } from "@/lib/transfers/mutations";
import { actorOf, addAccount } from "./actors";
import { aCredential } from "./credentials";
import type { Stage, Story } from "./scenario-fixture";
import { grantCredential } from "./sharing";
import { teamStories } from "./team-scenarios";
import { aTeamOf } from "./teams";

const baseUrl = "https://bitbucket.example.com";
const signIn = { baseUrl, username: "jcitizen", password: "another secret" };
const password = "a password that is long";

function aSource({ db, owner, credentialId }: Stage): Promise<string> {
  const source = { direction: "source", connector: "bitbucket-server", credentialId } as const;
  return addFlow(db, owner, { ...source, name: "Commits", description: "" });
}

async function anOffer({ db, owner, other, credentialId }: Stage): Promise<Record<string, string>> {
  await offerHandover(db, owner, { credentialId, toUserId: other.userId });
  const [offer] = await db
    .select({ id: credentialHandovers.id })
    .from(credentialHandovers)
    .where(isNull(credentialHandovers.endedAt));
  return { credentialId, handoverId: offer?.id ?? "" };
}

async function aGrant({ db, owner, other, credentialId }: Stage): Promise<Record<string, string>> {
  const grantId = await grantCredential(db, owner, credentialId, { userId: other.userId }, "collaborator");
  return { kind: "credential", id: credentialId, grantId };
}

// Given by somebody who has no right to the credential at all.
async function anUnbackedGrant({ db, other, administrator, credentialId }: Stage) {
  const holder = { userId: administrator.userId };
  const grantId = await grantCredential(db, other, credentialId, holder, "collaborator");
  return { kind: "credential", id: credentialId, grantId };
}

/** Every server action by its name. A new one needs its line here. */
export const stories: Readonly<Record<string, Story>> = {
  ...teamStories,
  signUpAction: {
    leaves: ["user.signed-up"],
    arrange: async () => ({
      as: null,
      form: { name: "Kim", email: "kim@example.com", password, invitation: "" },
    }),
  },
  signOutAction: { leaves: ["user.signed-out"], arrange: async ({ owner }) => ({ as: owner, form: {} }) },
  renameSelfAction: {
    leaves: ["user.renamed"],
    arrange: async ({ owner }) => ({ as: owner, form: { name: "Another Name" } }),
  },
  changePasswordAction: {
    leaves: ["user.password-changed"],
    arrange: async ({ db }) => {
      const userId = await addAccount(db, { name: "Kim", email: "kim@example.com", password });
      const form = { currentPassword: password, newPassword: "another password, long" };
      return { as: await actorOf(db, await openSession(db, userId)), form };
    },
  },
  endSessionAction: {
    leaves: ["user.sessions-ended"],
    arrange: async ({ owner }) => ({ as: owner, form: { sessionId: owner.sessionId } }),
  },
  endOtherSessionsAction: {
    leaves: ["user.sessions-ended"],
    arrange: async ({ owner }) => ({ as: owner, form: { which: "others" } }),
  },
  disablePersonAction: {
    leaves: ["user.disabled"],
    arrange: async ({ administrator, other }) => ({ as: administrator, form: { personId: other.userId } }),
  },
  enablePersonAction: {
    leaves: ["user.enabled"],
    arrange: async ({ db, administrator, other }) => {
      const { disablePerson } = await import("@/lib/users/mutations");
      await disablePerson(db, administrator, other.userId);
      return { as: administrator, form: { personId: other.userId } };
    },
  },
  changeRoleAction: {
    leaves: ["user.role-changed"],
    arrange: async ({ administrator, other }) => ({
      as: administrator,
      form: { personId: other.userId, role: "administrator" },
    }),
  },
  signOutEverywhereAction: {
    leaves: ["user.sessions-ended"],
    arrange: async ({ administrator, other }) => ({ as: administrator, form: { personId: other.userId } }),
  },
  makeResetAction: {
    leaves: ["user.reset-link-made"],
    arrange: async ({ administrator, other }) => ({ as: administrator, form: { personId: other.userId } }),
  },
  revokeResetAction: {
    leaves: ["user.reset-link-revoked"],
    arrange: async ({ db, administrator, other }) => {
      await makeReset(db, administrator, other.userId);
      const [reset] = await listOwnResets(db, other);
      return { as: other, form: { resetId: reset?.id ?? "" } };
    },
  },
  resetPasswordAction: {
    leaves: ["user.password-reset", "team.member-reset"],
    arrange: async ({ db, owner, administrator, other }) => {
      await aTeamOf(db, owner, other);
      const token = await makeReset(db, administrator, other.userId);
      return { as: null, form: { newPassword: password }, cookies: { "latchkey.reset": token } };
    },
  },
  dismissNoticeAction: {
    leaves: ["user.notice-seen"],
    arrange: async ({ db, administrator, other }) => {
      await makeReset(db, administrator, other.userId);
      const [notice] = await listNotices(db, other);
      return { as: other, form: { noticeId: notice?.id ?? "" } };
    },
  },
  addCredentialAction: {
    leaves: ["credential.added"],
    arrange: async ({ other }) => ({ as: other, form: { ...signIn, name: "New", description: "" } }),
  },
  editCredentialAction: {
    leaves: ["credential.edited"],
    arrange: async ({ owner, credentialId }) => ({
      as: owner,
      form: { credentialId, version: "1", name: "Renamed", description: "" },
    }),
  },
  replaceSecretAction: {
    leaves: ["credential.secret-replaced"],
    arrange: async ({ owner, credentialId }) => ({
      as: owner,
      form: { ...signIn, credentialId, secretVersion: "1" },
    }),
  },
  checkCredentialAction: {
    leaves: ["credential.checked"],
    arrange: async ({ db, owner }) => {
      const unproven = aCredential({ name: "Unproven", outcome: null });
      return { as: owner, form: { credentialId: await addCredential(db, owner, unproven) } };
    },
  },
  setKeyEndAction: {
    leaves: ["credential.key-end-set"],
    arrange: async ({ db, owner }) => {
      const signIn = { scheme: "bearer", apiKey: "a key", expectedAccount: null } as const;
      const credentialId = await addCredential(db, owner, aCredential({ name: "With a key", signIn }));
      return {
        as: owner,
        form: { credentialId, secretVersion: "1", previous: "", keyExpiresOn: "2100-01-01" },
      };
    },
  },
  deleteCredentialAction: {
    leaves: ["credential.deleted"],
    arrange: async ({ owner, credentialId }) => ({ as: owner, form: { credentialId } }),
  },
  shareAction: {
    leaves: ["credential.shared"],
    arrange: async ({ owner, other, credentialId }) => ({
      as: owner,
      form: { kind: "credential", id: credentialId, holder: `person:${other.userId}`, role: "collaborator" },
    }),
  },
  changeGrantRoleAction: {
    leaves: ["credential.role-changed"],
    arrange: async (stage) => ({
      as: stage.owner,
      form: { ...(await aGrant(stage)), role: "administrator" },
    }),
  },
  revokeAction: {
    leaves: ["credential.unshared"],
    arrange: async (stage) => ({ as: stage.owner, form: await aGrant(stage) }),
  },
  revokeUnbackedAction: {
    leaves: ["credential.unshared"],
    arrange: async (stage) => {
      const { grantId, kind, id } = await anUnbackedGrant(stage);
      return { as: stage.owner, form: { kind, id, grantIds: grantId } };
    },
  },
  confirmGrantAction: {
    leaves: ["credential.access-confirmed"],
    arrange: async (stage) => ({ as: stage.owner, form: await anUnbackedGrant(stage) }),
  },
  leaveAction: {
    leaves: ["credential.left"],
    arrange: async (stage) => ({ as: stage.other, form: await aGrant(stage) }),
  },
  offerHandoverAction: {
    leaves: ["credential.handover-offered"],
    arrange: async ({ owner, other, credentialId }) => ({
      as: owner,
      form: { credentialId, toUserId: other.userId },
    }),
  },
  withdrawHandoverAction: {
    leaves: ["credential.handover-withdrawn"],
    arrange: async (stage) => ({ as: stage.owner, form: await anOffer(stage) }),
  },
  declineHandoverAction: {
    leaves: ["credential.handover-declined"],
    arrange: async (stage) => ({ as: stage.other, form: await anOffer(stage) }),
  },
  acceptHandoverAction: {
    leaves: ["credential.handed-over"],
    arrange: async (stage) => ({ as: stage.other, form: { ...(await anOffer(stage)), name: "Mine now" } }),
  },
  addFlowAction: {
    leaves: ["flow.added"],
    arrange: async ({ owner, credentialId }) => ({
      as: owner,
      form: {
        direction: "source",
        connector: "bitbucket-server",
        credentialId,
        name: "Commits",
        description: "",
      },
    }),
  },
  editFlowAction: {
    leaves: ["flow.edited"],
    arrange: async (stage) => ({
      as: stage.owner,
      form: {
        flowId: await aSource(stage),
        version: "1",
        name: "Renamed",
        description: "",
        credentialId: "",
      },
    }),
  },
  pauseFlowAction: {
    leaves: ["flow.paused"],
    arrange: async (stage) => ({ as: stage.owner, form: { flowId: await aSource(stage) } }),
  },
  activateFlowAction: {
    leaves: ["flow.activated"],
    arrange: async (stage) => {
      const flowId = await aSource(stage);
      await pauseFlow(stage.db, stage.owner, flowId);
      return { as: stage.owner, form: { flowId } };
    },
  },
  deleteFlowAction: {
    leaves: ["flow.deleted"],
    arrange: async (stage) => ({ as: stage.owner, form: { flowId: await aSource(stage) } }),
  },
};
