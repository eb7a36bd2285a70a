import { byAdministrators, type DomainActions, stale, takesNoId } from "./entry";

const forAll = { server: "", passwords: "warn", keysMustEnd: "warn", longestDays: "365" };

// A policy belongs to the portal: no id in these calls belongs to a user.
export const signInPolicyActions: DomainActions = {
  setSignInPolicyAction: {
    calls: byAdministrators(() => ({ ...forAll, version: stale }), "CONFLICT"),
    leaves: ["server.policy-changed"],
    arrange: async ({ administrator }) => ({ as: administrator, form: { ...forAll, version: "0" } }),
    mutations: { "sign-in-policy/setSignInPolicy": takesNoId },
  },
};
