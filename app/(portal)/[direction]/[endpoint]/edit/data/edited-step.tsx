import { DestinationStep } from "@/components/destinations/data/destination-step";
import { DataStep } from "@/components/endpoints/data/data-step";
import type { Actor } from "@/lib/actor";
import type { CredentialTile } from "@/lib/credentials/types";
import { database } from "@/lib/db/client";
import { readDestinationStep } from "@/lib/destinations/read-destination-step";
import { readDataStep } from "@/lib/endpoints/read-data-step";
import type { EndpointSummary } from "@/lib/endpoints/types";

type Props = {
  actor: Actor;
  endpoint: EndpointSummary;
  credential: CredentialTile;
  address: URLSearchParams;
  /** Where the step leads. */
  step: {
    path: string;
    back: { href: string; label: string };
    next: { path: string; label: string };
  };
};

/** The step Data of an existing source or destination, with its credential. */
export async function EditedStep({ actor, endpoint, credential, address, step }: Props) {
  const db = await database();
  const { serverVersion } = credential;
  const kind = endpoint.connector;
  if (endpoint.direction === "source") {
    const wanted = { kind, credentialId: credential.id, serverVersion, address };
    return <DataStep state={await readDataStep(db, actor, wanted)} {...step} />;
  }
  const account = credential.account?.name ?? null;
  const stored = endpoint.input;
  const wanted = { kind, serverVersion, baseUrl: credential.baseUrl, account, address, stored };
  return <DestinationStep state={await readDestinationStep(db, actor, wanted)} {...step} />;
}
