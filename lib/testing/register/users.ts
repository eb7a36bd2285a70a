import { by, byAdministrators, byAnyone, type DomainActions, takesNoId } from "./entry";

const mutations = () => import("@/lib/users/mutations");

// In this order the matrix finds the spare user as each call needs them: disabled last.
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
  enablePersonAction: {
    calls: byAdministrators(({ spare }) => ({ personId: spare }), "CONFLICT"),
    leaves: ["user.enabled"],
    arrange: async ({ db, administrator, other }) => {
      await (await mutations()).disablePerson(db, administrator, other.userId);
      return { as: administrator, form: { personId: other.userId } };
    },
    mutations: {
      "users/enablePerson": by("person", async (...asked) => (await mutations()).enablePerson(...asked)),
    },
  },
  changeRoleAction: {
    calls: byAdministrators(({ spare }) => ({ personId: spare, role: "member" }), "CONFLICT"),
    leaves: ["user.role-changed"],
    arrange: async ({ administrator, other }) => ({
      as: administrator,
      form: { personId: other.userId, role: "administrator" },
    }),
    mutations: {
      "users/changeRole": [
        async (db, reader, { person: personId }) =>
          (await mutations()).changeRole(db, reader, { personId, role: "administrator" }),
      ],
    },
  },
  signOutEverywhereAction: {
    calls: byAdministrators(({ spare }) => ({ personId: spare }), "ok"),
    leaves: ["user.sessions-ended"],
    arrange: async ({ administrator, other }) => ({ as: administrator, form: { personId: other.userId } }),
    mutations: {
      "users/signOutEverywhere": by("person", async (...asked) =>
        (await mutations()).signOutEverywhere(...asked),
      ),
    },
  },
  disablePersonAction: {
    calls: byAdministrators(({ spare }) => ({ personId: spare }), "ok"),
    leaves: ["user.disabled"],
    arrange: async ({ administrator, other }) => ({ as: administrator, form: { personId: other.userId } }),
    mutations: {
      "users/disablePerson": by("person", async (...asked) => (await mutations()).disablePerson(...asked)),
    },
  },
};
