import type { ConnectorKind } from "@/lib/connectors/kinds";
import { parseSettings } from "@/lib/connectors/source-settings";
import { findStream } from "@/lib/connectors/stream-catalogues";
import type { SourceSettings, Stream } from "@/lib/connectors/streams";
import { isFreeOfKeys, keyRefused } from "@/lib/text/key-guard";
import { type Choice, parameterField, whyTooMany } from "./choice-address";

/** A source's settings, or why not: at each field of the step Data, and in one sentence. */
export type ReadSettings =
  | { readonly ok: true; readonly settings: SourceSettings }
  | { readonly ok: false; readonly fieldErrors: Readonly<Record<string, string>>; readonly message: string };

/** Validates a choice. Parameters of other streams, left over from an earlier choice, do not count. */
export function settingsOf(connector: ConnectorKind, choice: Choice): ReadSettings {
  const stream = findStream(connector, choice.stream);
  if (!stream) return refusal({ stream: "Choose what to read." });
  const tooMany = whyTooMany(choice);
  if (tooMany) return refusal({ scope: tooMany });
  const own = new Set(stream.parameters.map(({ name }) => name));
  const parameters = Object.fromEntries(Object.entries(choice.parameters).filter(([name]) => own.has(name)));
  // They are stored unencrypted and shown to others.
  const withKeys = Object.entries(parameters).filter(([, value]) => !isFreeOfKeys(value));
  if (withKeys.length > 0) {
    return refusal(Object.fromEntries(withKeys.map(([name]) => [parameterField(name), keyRefused])));
  }
  const parsed = parseSettings(connector, { stream: choice.stream, parameters, scope: choice.scope });
  if (parsed.ok) return parsed;
  const fieldErrors = Object.entries(parsed.fieldErrors).map(([name, message]) => [
    own.has(name) ? parameterField(name) : name,
    message,
  ]);
  return refusal(Object.fromEntries(fieldErrors));
}

/** The choice with a scope that the stream has: another stream's may not fit. */
export function fittingChoice(stream: Stream | null, choice: Choice): Choice {
  if (!stream || stream.scopes.includes(choice.scope.kind)) return choice;
  const [first = "everything"] = stream.scopes;
  if (first === "projects") return { ...choice, scope: { kind: first, projects: [] } };
  if (first === "repositories") return { ...choice, scope: { kind: first, repositories: [] } };
  return { ...choice, scope: { kind: first } };
}

function refusal(fieldErrors: Record<string, string>): ReadSettings {
  const [first = "Choose what to read."] = Object.values(fieldErrors);
  return { ok: false, fieldErrors, message: `${first} Go back to the step Data.` };
}
