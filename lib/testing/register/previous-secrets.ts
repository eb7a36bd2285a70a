import { Secret } from "@/lib/secret";
import type { ScenarioFixture } from "@/lib/testing/scenario-fixture";
import { type ActionEntry, type DomainActions, stale, takesNoId } from "./entry";

const checks = ["action", "check", "check-target"];
const secretVersion = 2;

const mutations = () => import("@/lib/credentials/previous/mutations");
const credentials = () => import("@/lib/testing/credentials");

const calls: ActionEntry["calls"] = [
  {
    of: "credential",
    to: "replaceSecret",
    fields: (credentialId) => ({ credentialId, secretVersion: stale }),
    passes: ["CONFLICT"],
  },
];

/** Replaces the secret of the owner's credential, so that it has a previous one. */
async function arrange({ db, owner, credentialId }: ScenarioFixture) {
  const { replaceSecret } = await import("@/lib/credentials/mutations");
  await replaceSecret(db, owner, {
    ...(await credentials()).aCredential(),
    signIn: { scheme: "bearer", apiKey: Secret.of("another key"), expectedAccount: null },
    replaced: { credentialId, secretVersion: 1 },
    keepsPrevious: true,
  });
  return { as: owner, form: { credentialId, secretVersion: String(secretVersion) } };
}

export const previousSecretActions: DomainActions = {
  switchBackAction: {
    calls,
    leaves: ["credential.secret-switched-back"],
    arrange,
    limits: checks,
    mutations: {
      "credentials/previous/switchBackTo": [
        async (db, reader, { credential: credentialId }) => {
          const { kind, baseUrl, signIn } = (await credentials()).aCredential();
          return (await mutations()).switchBackTo(db, reader, {
            current: { credentialId, secretVersion },
            target: { kind, baseUrl, signIn },
            outcome: (await credentials()).verified,
          });
        },
      ],
      // Records a check by a caller who has the right to it.
      "credentials/previous/recordUnusedCheck": takesNoId,
    },
  },
  checkPreviousSecretAction: {
    calls,
    leaves: ["credential.previous-secret-checked"],
    arrange,
    limits: checks,
    mutations: {
      "credentials/previous/recordPreviousCheck": [
        async (db, reader, { credential: credentialId }) =>
          (await mutations()).recordPreviousCheck(
            db,
            reader,
            { credentialId, secretVersion },
            (await credentials()).verified,
          ),
      ],
    },
  },
  forgetPreviousSecretAction: {
    calls,
    leaves: ["credential.previous-secret-forgotten"],
    arrange,
    mutations: {
      "credentials/previous/forgetPrevious": [
        async (db, reader, { credential: credentialId }) =>
          (await mutations()).forgetPrevious(db, reader, { credentialId, secretVersion }),
      ],
    },
  },
};
