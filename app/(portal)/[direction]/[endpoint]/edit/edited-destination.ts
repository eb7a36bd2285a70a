import { isDeepStrictEqual } from "node:util";
import { redirect } from "next/navigation";
import type { EditedDestination } from "@/components/endpoints/edit-destination-fields";
import type { Actor } from "@/lib/actor";
import { findAction } from "@/lib/connectors/action-catalogues";
import { database } from "@/lib/db/client";
import { readChoiceOf } from "@/lib/destinations/read-destination-step";
import { writingInWords } from "@/lib/destinations/suggest-name";
import { choiceOf, scheduledOf } from "@/lib/endpoints/read-writing";
import { ofASource } from "@/lib/endpoints/schedule";
import type { EndpointToEdit } from "@/lib/endpoints/types";
import { writingAddress } from "@/lib/endpoints/writing-address";

/**
 * What the edit form of a destination shows. A choice in the address comes from the step Data and is not saved yet; one
 * that is not complete leads back there.
 */
export async function editedDestination(
  actor: Actor | null,
  destination: EndpointToEdit | null,
  dataPath: string,
  address: URLSearchParams,
): Promise<EditedDestination> {
  const now = new Date().toISOString();
  if (!actor || !destination) return { writes: null, dataPath, chosen: null, scheduled: ofASource, now };
  const { connector, writing, input } = destination;
  const stored = storedAddress(destination).toString();
  const kept: EditedDestination = {
    writes: writing && writesOf(destination),
    dataPath: stored ? `${dataPath}?${stored}` : dataPath,
    chosen: null,
    scheduled: writing ? scheduledOf(connector, { writing, input }) : ofASource,
    now,
  };
  if (!address.has("action")) return kept;
  const found = await readChoiceOf(await database(), actor, connector, address, input);
  const { action, read } = found;
  const isWhole = read.ok && action && found.input && Object.keys(found.errors).length === 0;
  if (!isWhole) redirect(`${dataPath}?${writingAddress(found.choice)}&do=next`);
  const query = writingAddress(choiceOf(action, read.writing, read.input)).toString();
  if (query === stored) return kept;
  const isSame = (name: "action" | "matchKey") => isDeepStrictEqual(writing?.[name], read.writing[name]);
  return {
    ...kept,
    dataPath: `${dataPath}?${query}`,
    chosen: {
      query,
      writes: writingInWords(action, action.id, found.input?.name ?? null),
      isOtherInput: input?.id !== read.input.id,
      isOtherThing: !isSame("action") || !isSame("matchKey"),
    },
    scheduled: scheduledOf(connector, read),
  };
}

/** The stored choice as the step Data has it in its address; empty for a destination from before there was a choice. */
function storedAddress({ connector, writing, input }: EndpointToEdit): URLSearchParams {
  if (!writing) return new URLSearchParams();
  return writingAddress(choiceOf(findAction(connector, writing.action), writing, input));
}

function writesOf({ connector, writing, input }: EndpointToEdit): string | null {
  if (!writing) return null;
  const name = input && (input.name ?? "a data set that you may not see");
  return writingInWords(findAction(connector, writing.action), writing.action, name);
}
