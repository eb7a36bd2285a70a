import { byAdministrators, type DomainActions, stale, takesNoId } from "./entry";

const forAll = { server: "", passwords: "warn", keysMustEnd: "warn", longestDays: "365" };

const server = "https://policed.invalid";

// A policy belongs to the portal: no id in these calls belongs to a user.
export const signInPolicyActions: DomainActions = {
  setSignInPolicyAction: {
    calls: byAdministrators(() => ({ ...forAll, version: stale }), "CONFLICT"),
    leaves: ["server.policy-changed"],
    arrange: async ({ administrator }) => ({ as: administrator, form: { ...forAll, version: "0" } }),
    mutations: { "sign-in-policy/setSignInPolicy": takesNoId },
  },
  removeServerPolicyAction: {
    calls: byAdministrators(() => ({ server, version: stale }), "CONFLICT"),
    leaves: ["server.policy-changed"],
    arrange: async ({ db, administrator }) => {
      const { setSignInPolicy } = await import("@/lib/sign-in-policy/mutations");
      const { getSignInPolicy } = await import("@/lib/sign-in-policy/queries");
      const { setSignInPolicySchema } = await import("@/lib/sign-in-policy/schema");
      const own = setSignInPolicySchema.parse({ ...forAll, server, version: "0" });
      await setSignInPolicy(db, administrator, own);
      const { version } = await getSignInPolicy(db, administrator, own.server?.href ?? null);
      return { as: administrator, form: { server, version: String(version) } };
    },
    mutations: { "sign-in-policy/removeServerPolicy": takesNoId },
  },
};
