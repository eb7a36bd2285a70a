import { by, byAdministrators, byAnyone, bySignedIn, type DomainActions, never, takesNoId } from "./entry";

const mutations = () => import("@/lib/password-resets/mutations");

export const passwordResetActions: DomainActions = {
  makeResetAction: {
    calls: byAdministrators(({ spare }) => ({ userId: spare }), "ok"),
    leaves: ["user.reset-link-made"],
    arrange: async ({ administrator, other }) => ({ as: administrator, form: { userId: other.userId } }),
    mutations: {
      "password-resets/makeReset": by("user", async (...args) => (await mutations()).makeReset(...args)),
    },
  },
  revokeResetAction: {
    calls: bySignedIn({ resetId: never }, "NOT_FOUND link"),
    leaves: ["user.reset-link-revoked"],
    arrange: async ({ db, administrator, other }) => {
      const { listOwnResets } = await import("@/lib/password-resets/queries");
      await (await mutations()).makeReset(db, administrator, other.userId);
      const [reset] = await listOwnResets(db, other);
      return { as: other, form: { resetId: reset?.id ?? "" } };
    },
    mutations: {
      "password-resets/revokeReset": by("reset", async (...args) => (await mutations()).revokeReset(...args)),
    },
  },
  resetPasswordAction: {
    calls: byAnyone("INVALID_INPUT newPassword"),
    leaves: ["user.password-reset", "team.member-reset"],
    arrange: async ({ db, owner, administrator, other }) => {
      const { aTeamOf } = await import("@/lib/testing/teams");
      await aTeamOf(db, owner, other);
      const token = await (await mutations()).makeReset(db, administrator, other.userId);
      const form = { newPassword: "a password that is long" };
      return { as: null, form, cookies: { "latchkey.reset": token } };
    },
    mutations: { "password-resets/resetPassword": takesNoId },
  },
};
