import { redirect } from "next/navigation";
import type { ConnectorKind } from "@/lib/connectors/kinds";
import { findStream } from "@/lib/connectors/stream-catalogues";
import { choiceAddress, readChoice } from "@/lib/endpoints/choice-address";
import { fittingChoice, settingsOf } from "@/lib/endpoints/read-settings";
import { suggestName } from "@/lib/endpoints/suggest-name";
import { wizardPaths } from "@/lib/paths";
import { typedInAddress } from "./typed-in-address";

/**
 * What the form for a new source starts with. A choice that is not complete leads back to the step Data, which shows
 * what is missing. Typed values in the address come from the button that shows a schedule's next times.
 */
export function sourceStart(connector: ConnectorKind, credentialId: string, address: URLSearchParams) {
  const typed = readChoice(new URLSearchParams(address.get("choice") ?? address));
  const stream = findStream(connector, typed.stream);
  const choice = fittingChoice(stream, typed);
  const read = settingsOf(connector, choice);
  const paths = wizardPaths("source", connector);
  const query = choiceAddress(read.ok ? read.settings : choice);
  const dataAddress = new URLSearchParams({ credential: credentialId });
  for (const [name, value] of query) dataAddress.append(name, value);
  if (!read.ok || !stream) redirect(`${paths.data}?${dataAddress}&do=next`);
  return {
    data: `${paths.data}?${dataAddress}`,
    settings: read.settings,
    form: {
      choice: query.toString(),
      path: paths.details,
      now: new Date().toISOString(),
      hasSource: false,
      dangerous: null,
      start: { ...typedInAddress(address), name: address.get("name") ?? suggestName(stream, choice.scope) },
    },
  };
}
