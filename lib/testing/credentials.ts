import type { VerifiedOutcome } from "@/lib/connectors/types";
import type { NewCredential } from "@/lib/credentials/mutations";
import { verifyKeys } from "@/lib/crypto/canary";
import type { Db } from "@/lib/db/types";
import { portalKeys } from "@/lib/portal/keys";
import { Secret } from "@/lib/secret";
import { somebody } from "./actors";
import { baseUrlAt } from "./base-url";

/** For database tests: a user in a portal whose keys are ready. */
export async function ownerOfCredentials(db: Db) {
  await verifyKeys(db, portalKeys().keyRing);
  return somebody(db);
}

/** The outcome of a check of a healthy server. */
export const verified: VerifiedOutcome = {
  kind: "verified",
  account: { name: "jcitizen", displayName: "Jane Citizen", slug: "jcitizen", active: true, type: "user" },
  expectedAccountDiffers: null,
  server: { product: "Bitbucket", version: "9.4.3", buildNumber: "9004003", displayName: "Bitbucket" },
  access: {
    projects: { count: 4, more: false },
    readable: { count: 11, more: false },
    writable: { count: 5, more: false },
    administrable: { count: 0, more: false },
    projectRights: {
      readable: { count: 4, more: false },
      writable: { count: 1, more: false },
      administrable: { count: 0, more: false },
    },
  },
  certificate: null,
  roundTripMs: 12,
  keyKind: null,
  keyEndsAt: null,
  allowance: null,
  avatar: null,
  warnings: [],
  steps: [],
};

/** A verified credential with a password, except for `changes`. */
export function aCredential(changes: Partial<NewCredential> = {}): NewCredential {
  return {
    name: "Data platform",
    description: "",
    kind: "bitbucket-server",
    baseUrl: baseUrlAt("https://bitbucket.example.com"),
    signIn: { scheme: "basic", username: "jcitizen", password: Secret.of("canary-password") },
    outcome: verified,
    ...changes,
  };
}
