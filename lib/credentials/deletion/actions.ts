"use server";

import { z } from "zod";
import { defineAction } from "@/lib/action";
import { done, type Outcome, refused } from "@/lib/action-result";
import { credentialIdSchema } from "@/lib/credentials/schema";
import { database } from "@/lib/db/client";
import type { CredentialUses } from "@/lib/endpoints/types";
import { credentialsPath } from "@/lib/paths";
import { deleteCredential } from "./mutations";

export const deleteCredentialAction = defineAction(
  z.object({ credentialId: credentialIdSchema }),
  async (actor, { credentialId }): Promise<Outcome<null, CredentialUses>> => {
    const uses = await deleteCredential(await database(), actor, credentialId);
    return uses
      ? refused({ code: "CONFLICT", message: "It is in use, so it was not deleted." }, uses)
      : done(null);
  },
  { redirectTo: () => `${credentialsPath}?deleted=1` },
);
