"use server";

import { z } from "zod";
import { defineAction } from "@/lib/action";
import { done, type Outcome, refused } from "@/lib/action-result";
import type { Actor } from "@/lib/auth/actor";
import { checkCredential } from "@/lib/bitbucket/check";
import { describeFailure } from "@/lib/bitbucket/reasons";
import type { FailedOutcome } from "@/lib/bitbucket/types";
import { wizardPaths } from "@/lib/connectors";
import { database } from "@/lib/db/client";
import { log } from "@/lib/log";
import { egressPolicy } from "@/lib/portal-egress";
import { checkLimit, consume } from "@/lib/rate-limit";
import { keepTyped } from "./kept-fields";
import { addCredential, nameTaken } from "./mutations";
import { ownsCredentialNamed } from "./queries";
import { type AddCredentialInput, addCredentialSchema } from "./schema";
import type { FailedCheck } from "./types";
import { issueUncheckedTicket, permitsUnchecked } from "./unchecked-ticket";

const inWizard = z.object({
  direction: z.enum(["source", "destination"]),
  connector: z.literal("bitbucket-server"),
});

export const addCredentialAction = defineAction(
  inWizard.and(addCredentialSchema),
  async (actor, input): Promise<Outcome<Saved, FailedCheck>> => {
    const db = await database();
    // Before the network: a name that is taken costs the server no sign-in.
    if (await ownsCredentialNamed(db, actor, input.name)) throw nameTaken(input.name);
    const { name, description, signIn } = input;
    const { baseUrl } = input.baseUrl;
    const store = (outcome: Parameters<typeof addCredential>[2]["outcome"]) =>
      addCredential(db, actor, { name, description, baseUrl, signIn, outcome });
    const saved = (credentialId: string) => done({ ...wizardOf(input), credentialId });

    if (permitsUnchecked(input.uncheckedTicket, actor, baseUrl)) return saved(await store(null));
    await consume(db, checkLimit, actor.userId);
    const outcome = await checkCredential(
      { policy: egressPolicy() },
      { baseUrl, signIn },
      // Network detail is for the log: told to people, it would let them look around in the network.
      {
        onFailure: (failure) => log().info({ requestId: actor.requestId, failure }, "a check met a failure"),
      },
    );
    if (outcome.kind === "failed") return refuseFailed(actor, input, outcome);
    return saved(await store(outcome));
  },
  {
    keep: keepTyped,
    redirectTo: ({ direction, connector, credentialId }) =>
      `${wizardPaths(direction, connector).authenticate}?${new URLSearchParams({ credential: credentialId, saved: "1" })}`,
  },
);

type Wizard = z.output<typeof inWizard>;
type Saved = Wizard & { credentialId: string };

function wizardOf({ direction, connector }: Wizard): Wizard {
  return { direction, connector };
}

function refuseFailed(actor: Actor, input: AddCredentialInput, outcome: FailedOutcome) {
  const description = describeFailure(outcome, input.shape);
  const { title, cure, whose, field } = description;
  const ticket = description.mayStoreUnchecked ? issueUncheckedTicket(actor, input.baseUrl.baseUrl) : null;
  return refused<FailedCheck>(
    { code: "CHECK_FAILED", message: title, fieldErrors: field ? { [field]: `${title}. ${cure}` } : {} },
    {
      title,
      cure,
      atField: field !== null,
      whose,
      rungs: outcome.rungs,
      uncheckedTicket: ticket,
    },
  );
}
