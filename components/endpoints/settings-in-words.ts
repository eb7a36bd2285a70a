import type { ConnectorKind } from "@/lib/connectors/kinds";
import { findStream } from "@/lib/connectors/stream-catalogues";
import type { Scope, SourceSettings } from "@/lib/connectors/streams";
import { grouped } from "@/lib/text/count-of";

/** What a source reads, such as "Pull requests" of "3 chosen repositories: SHOP/web, …", and its other choices. */
export type SettingsInWords = {
  readonly stream: string;
  readonly scope: string;
  /** The stream's parameters that are set, by label. */
  readonly choices: readonly { readonly label: string; readonly value: string }[];
};

/** The settings of a source in words. A stream that this version does not know is named by its id. */
export function settingsInWords(connector: ConnectorKind, settings: SourceSettings): SettingsInWords {
  const stream = findStream(connector, settings.stream);
  const choices = (stream?.parameters ?? []).flatMap(({ name, label, choices: known }) => {
    const value = settings.parameters[name] ?? "";
    const text = known?.find((choice) => choice.value === value)?.label ?? value;
    return text === "" ? [] : [{ label, value: text }];
  });
  return { stream: stream?.label ?? settings.stream, scope: scopeInWords(settings.scope), choices };
}

const mostNamed = 5;

function scopeInWords(scope: Scope): string {
  if (scope.kind === "everything") return "Everything that the credential can read";
  const isOfProjects = scope.kind === "projects";
  const names = isOfProjects
    ? scope.projects.map(({ key }) => key)
    : scope.repositories.map(({ projectKey, slug }) => `${projectKey}/${slug}`);
  const nouns = isOfProjects ? ["project", "projects"] : ["repository", "repositories"];
  const noun = names.length === 1 ? nouns[0] : nouns[1];
  const more = names.length > mostNamed ? ", …" : "";
  return `${grouped(names.length)} chosen ${noun}: ${names.slice(0, mostNamed).join(", ")}${more}`;
}
