import { eq } from "drizzle-orm";
import { credentials, endpoints } from "@/drizzle/schema";
import { sandboxAccounts } from "@/e2e/sandbox/accounts";
import type { Sandbox } from "@/e2e/sandbox/start";
import type { Actor } from "@/lib/actor";
import type { Scope } from "@/lib/connectors/streams";
import { addCredential } from "@/lib/credentials/mutations";
import type { Db } from "@/lib/db/types";
import { addEndpoint } from "@/lib/endpoints/mutations";
import type { FieldMapping, WritingSettings } from "@/lib/mapping/types";
import { Secret } from "@/lib/secret";
import { baseUrlAt } from "./base-url";
import { aCredential, verified } from "./credentials";
import { anUpload, aWritingDestination, commentWriting } from "./destinations";

const { ana } = sandboxAccounts;

/** A verified credential of Ana's, who administers everything of the sandbox. */
export function credentialOfAna(db: Db, owner: Actor, sandbox: Sandbox): Promise<string> {
  return credentialAt(db, owner, sandbox.url("/"));
}

/** The same for a server at that address, which is not asked. */
export function credentialAt(db: Db, owner: Actor, server: string): Promise<string> {
  const account = { ...verified.account, name: ana.name, displayName: ana.displayName, slug: ana.slug };
  return addCredential(
    db,
    owner,
    aCredential({
      name: "Fernwood",
      baseUrl: baseUrlAt(server),
      signIn: { scheme: "basic", username: ana.name, password: Secret.of(ana.password) },
      outcome: { ...verified, account },
    }),
  );
}

/** Repositories of the sandbox that Jane reads. */
const janes = ["DATA/airflow-dags", "DATA/dbt-models", "DATA/event-lake", "SHOP/checkout", "SHOP/storefront"];

/** A source of the commits of repositories. */
export function aSourceOf(
  db: Db,
  owner: Actor,
  credentialId: string,
  name: string,
  repositories: readonly string[],
): Promise<string> {
  const scope: Scope = {
    kind: "repositories",
    repositories: repositories.map((one, at) => {
      const [projectKey = "", slug = ""] = one.split("/");
      return { id: at + 1, projectKey, slug, name: slug };
    }),
  };
  return addEndpoint(db, owner, {
    ...{ direction: "source", connector: "bitbucket-server", credentialId, name, description: "" },
    settings: { stream: "commits", parameters: {}, scope },
    schedule: { kind: "manual" },
  });
}

const column = (name: string): FieldMapping => ({ from: "column", column: name });

/** A destination that performs an action in the repositories that a file names. */
export async function aDestinationOf(
  db: Db,
  owner: Actor,
  credentialId: string,
  name: string,
  repositories: readonly string[],
  writing: Partial<WritingSettings> = {},
): Promise<string> {
  const rows = repositories.map((one) => {
    const [project = "", repository = ""] = one.split("/");
    return { project, repository, pr: 1, text: "Hello" };
  });
  const uploadId = await anUpload(db, owner, rows);
  const mapping = { ...commentWriting.mapping, project: column("project"), repository: column("repository") };
  const made = await aWritingDestination(
    db,
    owner,
    { uploadId },
    { name, credentialId, writing: { ...commentWriting, mapping, ...writing } },
  );
  return made.destinationId;
}

/** Eight sources and eight destinations that use a credential: Jane has the rights for all but the last of each. */
export async function sixteenDependents(db: Db, owner: Actor, credentialId: string): Promise<void> {
  for (let at = 1; at <= 7; at += 1) {
    const repositories = janes.slice(at % 3, (at % 3) + 3);
    await aSourceOf(db, owner, credentialId, `Commits ${at}`, repositories);
    await aDestinationOf(db, owner, credentialId, `Comments ${at}`, repositories);
  }
  await aSourceOf(db, owner, credentialId, "Commits of the vault", ["SHOP/checkout", "PAY/card-vault"]);
  await aDestinationOf(db, owner, credentialId, "Branches of the ledger", ["DATA/dbt-models", "PAY/ledger"], {
    action: "branch",
  });
}

/** Everything that a rehearsal must leave alone. */
export async function untouched(db: Db, credentialId: string) {
  const credential = await db.select().from(credentials).where(eq(credentials.id, credentialId));
  const uses = await db.select().from(endpoints).where(eq(endpoints.credentialId, credentialId));
  return { credential, uses: uses.toSorted((one, other) => (one.id < other.id ? -1 : 1)) };
}
