import type { Actor } from "@/lib/actor";
import { saveCredential } from "@/lib/credentials/save";
import { addCredentialSchema } from "@/lib/credentials/schema";
import { openDatabase } from "@/lib/db/open";
import type { Db } from "@/lib/db/types";
import { env } from "@/lib/env";
import { somebody } from "@/lib/testing/actors";
import { ownerOfCredentials } from "@/lib/testing/credentials";
import { serveParent } from "./source-process";

/** A user may start 60 checks a minute. */
const savesPerUser = 20;

async function open(): Promise<{ db: Db; owner: Actor }> {
  const db = await openDatabase(env());
  return { db, owner: await ownerOfCredentials(db) };
}
let opened: ReturnType<typeof open> | undefined;

async function portal() {
  opened ??= open();
  return opened;
}

serveParent({
  /** Saves one credential as the form does; how many milliseconds the user waited. */
  save: async ({ at, origin }: { at: number; origin: string }) => {
    const { db, owner } = await portal();
    const actor = at < savesPerUser ? owner : await somebody(db);
    const username = `robin-${at}-of-many`;
    const begun = performance.now();
    const input = addCredentialSchema.parse({
      name: `Credential ${at}`,
      description: "",
      baseUrl: origin,
      username,
      password: `password ${at}`,
    });
    const saved = await saveCredential(db, actor, input);
    if (!saved.ok) throw new Error(saved.refusal.message);
    return performance.now() - begun;
  },
  cpu: async () => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1e6;
  },
});
