import { credentialGrants, endpointGrants, teamMembers, teams } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import { addCredential } from "@/lib/credentials/mutations";
import type { GrantableCredentialRole } from "@/lib/credentials/policy";
import type { Db } from "@/lib/db/types";
import { addEndpoint } from "@/lib/endpoints/mutations";
import type { GrantableEndpointRole } from "@/lib/endpoints/policy";
import { aRepositorySource } from "@/lib/testing/sources";
import { aCredential, ownerOfCredentials } from "./credentials";

/** For database tests: the grantee of a grant. */
export type TestGrantee = { userId: string } | { teamId: string };

/** Creates a team of these users; returns its id. */
export async function aTeam(db: Db, ...members: readonly Actor[]): Promise<string> {
  const id = crypto.randomUUID();
  await db.insert(teams).values({ id, name: `Team ${id}` });
  for (const { userId } of members)
    await db.insert(teamMembers).values({ teamId: id, userId, role: "member" });
  return id;
}

/** An active grant on a credential, given by `by`; returns its id. */
export async function grantCredential(
  db: Db,
  by: Actor,
  credentialId: string,
  grantee: TestGrantee,
  role: GrantableCredentialRole,
): Promise<string> {
  const id = crypto.randomUUID();
  await db.insert(credentialGrants).values({ id, credentialId, ...grantee, role, grantedBy: by.userId });
  return id;
}

/** An active grant on a source or destination, given by `by`; returns its id. */
export async function grantEndpoint(
  db: Db,
  by: Actor,
  endpointId: string,
  grantee: TestGrantee,
  role: GrantableEndpointRole,
): Promise<string> {
  const id = crypto.randomUUID();
  await db.insert(endpointGrants).values({ id, endpointId, ...grantee, role, grantedBy: by.userId });
  return id;
}

/** The kinds of items that can be shared, for tests of both. */
export const things = ["credential", "endpoint"] as const;
export type TestThing = { readonly kind: (typeof things)[number]; readonly id: string };

/** A user with a credential, and for an endpoint with a source that uses it. */
export async function aSharedThing(db: Db, kind: TestThing["kind"], name = "Data platform") {
  const owner = await ownerOfCredentials(db);
  const credentialId = await addCredential(db, owner, aCredential({ name }));
  if (kind === "credential") return { owner, thing: { kind, id: credentialId } };
  const source = { ...aRepositorySource, credentialId } as const;
  return { owner, thing: { kind, id: await addEndpoint(db, owner, { ...source, name, description: "" }) } };
}

/** An active grant on either kind of item; returns its id. */
export function grantOn(
  db: Db,
  by: Actor,
  { kind, id }: TestThing,
  grantee: TestGrantee,
  role: GrantableCredentialRole,
): Promise<string> {
  return kind === "credential"
    ? grantCredential(db, by, id, grantee, role)
    : grantEndpoint(db, by, id, grantee, role);
}
