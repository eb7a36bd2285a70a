import { redirect } from "next/navigation";
import type { EditedSource } from "@/components/endpoints/edit-source-fields";
import { findStream } from "@/lib/connectors/stream-catalogues";
import type { SourceSettings } from "@/lib/connectors/streams";
import { choiceAddress, readChoice } from "@/lib/endpoints/choice-address";
import { fittingChoice, settingsOf } from "@/lib/endpoints/read-settings";
import { settingsInWords } from "@/lib/endpoints/suggest-name";
import type { EndpointToEdit } from "@/lib/endpoints/types";

/**
 * What the edit form of a source shows. A choice in the address comes from the step Data and is not saved yet; one that
 * is not complete leads back there.
 */
export function editedSource(
  source: EndpointToEdit | null,
  dataPath: string,
  address: URLSearchParams,
): EditedSource {
  const now = new Date().toISOString();
  if (!source) return { reads: null, dataPath, chosen: null, now };
  const { connector, settings } = source;
  const words = (of: SourceSettings) => settingsInWords(findStream(connector, of.stream), of);
  const reads = settings && words(settings);
  const stored = settings ? choiceAddress(settings).toString() : "";
  const kept = { reads, dataPath: stored ? `${dataPath}?${stored}` : dataPath, chosen: null, now };
  if (!address.has("stream")) return kept;
  const typed = readChoice(address);
  const choice = fittingChoice(findStream(connector, typed.stream), typed);
  const read = settingsOf(connector, choice);
  if (!read.ok) redirect(`${dataPath}?${choiceAddress(choice)}&do=next`);
  const query = choiceAddress(read.settings).toString();
  if (query === stored) return kept;
  return { reads, dataPath: `${dataPath}?${query}`, chosen: { query, reads: words(read.settings) }, now };
}
