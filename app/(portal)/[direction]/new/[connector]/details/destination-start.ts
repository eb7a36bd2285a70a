import { redirect } from "next/navigation";
import type { Actor } from "@/lib/actor";
import type { ConnectorKind } from "@/lib/connectors/kinds";
import { connectorOf } from "@/lib/connectors/registry";
import { database } from "@/lib/db/client";
import { readChoiceOf } from "@/lib/destinations/read-destination-step";
import { suggestDestinationName } from "@/lib/destinations/suggest-name";
import { choiceOf, scheduledOf } from "@/lib/endpoints/read-writing";
import { writingAddress } from "@/lib/endpoints/writing-address";
import { wizardPaths } from "@/lib/paths";
import { typedInAddress } from "./typed-in-address";

/**
 * What the form for a new destination starts with. A choice that is not complete leads back to the step Data, which
 * shows what is missing. Once the session has ended, the form only shows again what was typed.
 */
export async function destinationStart(
  actor: Actor | null,
  connector: ConnectorKind,
  credentialId: string,
  address: URLSearchParams,
) {
  const paths = wizardPaths("destination", connector);
  const given = new URLSearchParams(address.get("choice") ?? address);
  const now = new Date().toISOString();
  const kept = { path: paths.details, now, hasSource: false, dangerous: null };
  const typed = typedInAddress(address);
  if (!actor) {
    const form = { ...kept, choice: given.toString(), start: { ...typed, name: typed.name ?? "" } };
    return { data: `${paths.data}?${given}`, form };
  }
  const { action, choice, input, errors, read } = await readChoiceOf(
    await database(),
    actor,
    connector,
    given,
  );
  const isWhole = read.ok && action && input && Object.keys(errors).length === 0;
  const query = writingAddress(isWhole ? choiceOf(action, read.writing, read.input) : choice);
  const dataAddress = new URLSearchParams([["credential", credentialId], ...query]);
  if (!isWhole) redirect(`${paths.data}?${dataAddress}&do=next`);
  return {
    data: `${paths.data}?${dataAddress}`,
    form: {
      ...kept,
      ...scheduledOf(connector, read),
      choice: query.toString(),
      start: {
        ...typed,
        name: typed.name ?? suggestDestinationName(action, input.name, connectorOf(connector).name),
      },
    },
  };
}
