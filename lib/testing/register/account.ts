import { by, byAnyone, bySignedIn, type DomainActions, never, takesNoId } from "./entry";

const password = "a password that is long";

export const accountActions: DomainActions = {
  renameSelfAction: {
    calls: bySignedIn({ name: "" }, "INVALID_INPUT name"),
    leaves: ["user.renamed"],
    arrange: async ({ owner }) => ({ as: owner, form: { name: "Another Name" } }),
    mutations: { "account/renameSelf": takesNoId },
  },
  changePasswordAction: {
    calls: bySignedIn({}, "INVALID_INPUT currentPassword"),
    leaves: ["user.password-changed"],
    arrange: async ({ db }) => {
      const { actorOf, addAccount } = await import("@/lib/testing/actors");
      const { openSession } = await import("@/lib/auth/sessions");
      const userId = await addAccount(db, { name: "Kim", email: "kim@example.com", password });
      const form = { currentPassword: password, newPassword: "another password, long" };
      return { as: await actorOf(db, await openSession(db, userId)), form };
    },
    mutations: { "account/changePassword": takesNoId },
  },
  endSessionAction: {
    calls: bySignedIn({ sessionId: never }, "NOT_FOUND session"),
    leaves: ["user.sessions-ended"],
    arrange: async ({ owner }) => ({ as: owner, form: { sessionId: owner.sessionId } }),
    mutations: {
      "account/endSession": by("session", async (...args) =>
        (await import("@/lib/account/mutations")).endSession(...args),
      ),
    },
  },
  endOtherSessionsAction: {
    calls: bySignedIn({ which: "others" }, "ok"),
    leaves: ["user.sessions-ended"],
    arrange: async ({ owner }) => ({ as: owner, form: { which: "others" } }),
    mutations: { "account/endOtherSessions": takesNoId },
  },
  signOutAction: {
    calls: byAnyone("ok"),
    leaves: ["user.signed-out"],
    arrange: async ({ owner }) => ({ as: owner, form: {} }),
    mutations: {},
  },
};
