"use server";

import { refresh } from "next/cache";
import { z } from "zod";
import { defineAction } from "@/lib/action";
import { done, type Outcome, refused } from "@/lib/action-result";
import type { CheckOutcome } from "@/lib/bitbucket/types";
import { wizardPaths } from "@/lib/connectors";
import { database } from "@/lib/db/client";
import { checkFor, describeFailedCheck } from "./check";
import { keepTyped } from "./kept-fields";
import { addCredential, nameTaken, recordCheck, recordRefusal } from "./mutations";
import { getUnprovenSignIn, ownsCredentialNamed } from "./queries";
import { addCredentialSchema, credentialIdSchema } from "./schema";
import type { FailedCheck } from "./types";
import { issueUncheckedTicket, permitsUnchecked } from "./unchecked-ticket";

const inWizard = z.object({
  direction: z.enum(["source", "destination"]),
  connector: z.literal("bitbucket-server"),
});

type Saved = z.output<typeof inWizard> & { credentialId: string };

export const addCredentialAction = defineAction(
  inWizard.and(addCredentialSchema),
  async (actor, input): Promise<Outcome<Saved, FailedCheck>> => {
    const db = await database();
    const { name, description, signIn, shape, direction, connector, uncheckedTicket } = input;
    const target = { baseUrl: input.baseUrl.baseUrl, signIn };
    const store = async (outcome: CheckOutcome | null) => {
      const credentialId = await addCredential(db, actor, { name, description, ...target, outcome });
      return done({ direction, connector, credentialId });
    };

    // Before the network: a name that is taken costs the server no sign-in.
    if (await ownsCredentialNamed(db, actor, name)) throw nameTaken(name);
    if (uncheckedTicket) {
      if (permitsUnchecked(uncheckedTicket, actor, target)) return store(null);
      // Pressing "without checking" must never sign in.
      return refused({
        code: "CONFLICT",
        message: "Something has changed since the last check. Press Save to check again.",
      });
    }
    const outcome = await checkFor(db, actor, target);
    if (outcome.kind === "verified") return store(outcome);

    await recordRefusal(db, actor, { baseUrl: target.baseUrl, reason: outcome.reason });
    const { failed, fieldErrors, mayStoreUnchecked } = describeFailedCheck(outcome, shape);
    const ticket = mayStoreUnchecked ? issueUncheckedTicket(actor, target) : null;
    return refused<FailedCheck>(
      { code: "CHECK_FAILED", message: failed.title, fieldErrors },
      { ...failed, uncheckedTicket: ticket },
    );
  },
  {
    keep: keepTyped,
    redirectTo: ({ direction, connector, credentialId }) =>
      `${wizardPaths(direction, connector).authenticate}?${new URLSearchParams({ credential: credentialId, saved: "1" })}`,
  },
);

export const checkCredentialAction = defineAction(
  z.object({ credentialId: credentialIdSchema }),
  async (actor, { credentialId }): Promise<Outcome<null, FailedCheck>> => {
    const db = await database();
    const { checked, baseUrl, signIn } = await getUnprovenSignIn(db, actor, credentialId);
    const outcome = await checkFor(db, actor, { baseUrl, signIn });
    await recordCheck(db, actor, checked, outcome);
    // The page shows the new status, whichever it is.
    refresh();
    if (outcome.kind === "verified") return done(null);
    const { failed } = describeFailedCheck(outcome, { scheme: signIn.scheme, keyInUsernameField: false });
    return refused<FailedCheck>(
      { code: "CHECK_FAILED", message: failed.title },
      { ...failed, atField: false },
    );
  },
);
