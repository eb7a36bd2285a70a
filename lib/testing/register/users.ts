import { by, byAdministrators, byAnyone, type DomainActions, takesNoId } from "./entry";

const mutations = () => import("@/lib/users/mutations");

// The order matters: the matrix uses one spare user, and disables them last.
export const userActions: DomainActions = {
  signUpAction: {
    calls: byAnyone("INVALID_INPUT name"),
    leaves: ["user.signed-up"],
    arrange: async () => ({
      as: null,
      form: { name: "Kim", email: "kim@example.com", password: "a password that is long", invitation: "" },
    }),
    limits: ["sign-up"],
    mutations: { "users/signUp": takesNoId },
  },
  undoDisableAction: {
    calls: byAdministrators(({ spare }) => ({ userId: spare }), "CONFLICT"),
    leaves: ["user.restored"],
    arrange: async ({ db, administrator, other }) => {
      await (await mutations()).disableUser(db, administrator, other.userId);
      return { as: administrator, form: { userId: other.userId } };
    },
    mutations: {
      "users/undoDisable": by("user", async (...args) => (await mutations()).undoDisable(...args)),
    },
  },
  enableUserAction: {
    calls: byAdministrators(({ spare }) => ({ userId: spare }), "CONFLICT"),
    leaves: ["user.enabled"],
    arrange: async ({ db, administrator, other }) => {
      await (await mutations()).disableUser(db, administrator, other.userId);
      return { as: administrator, form: { userId: other.userId } };
    },
    mutations: {
      "users/enableUser": by("user", async (...args) => (await mutations()).enableUser(...args)),
    },
  },
  changeRoleAction: {
    calls: byAdministrators(({ spare }) => ({ userId: spare, role: "member" }), "CONFLICT"),
    leaves: ["user.role-changed"],
    arrange: async ({ administrator, other }) => ({
      as: administrator,
      form: { userId: other.userId, role: "administrator" },
    }),
    mutations: {
      "users/changeRole": [
        async (db, reader, { user: userId }) =>
          (await mutations()).changeRole(db, reader, { userId, role: "administrator" }),
      ],
    },
  },
  signOutEverywhereAction: {
    calls: byAdministrators(({ spare }) => ({ userId: spare }), "ok"),
    leaves: ["user.sessions-ended"],
    arrange: async ({ administrator, other }) => ({ as: administrator, form: { userId: other.userId } }),
    mutations: {
      "users/signOutEverywhere": by("user", async (...args) =>
        (await mutations()).signOutEverywhere(...args),
      ),
    },
  },
  disableUserAction: {
    calls: byAdministrators(({ spare }) => ({ userId: spare }), "ok"),
    leaves: ["user.disabled"],
    arrange: async ({ administrator, other }) => ({ as: administrator, form: { userId: other.userId } }),
    mutations: {
      "users/disableUser": by("user", async (...args) => (await mutations()).disableUser(...args)),
    },
  },
};
