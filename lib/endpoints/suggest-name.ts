import type { Scope, SourceSettings, Stream } from "@/lib/connectors/streams";
import { nameMaxLength } from "@/lib/text/name-limits";

/** A name for a new source: "Pull requests of Web Shop", "Commits of 3 repositories". */
export function suggestName(stream: Pick<Stream, "label">, scope: Scope): string {
  const of = scopeInWords(scope);
  const name = (of ? `${stream.label} of ${of}` : stream.label).slice(0, nameMaxLength);
  // No half of a character at the end.
  return name.replace(/[\uD800-\uDBFF]$/, "").trim();
}

/** What a source reads in a few words, such as "Commits · 3 repositories". */
export function settingsInWords(stream: Pick<Stream, "label"> | null, settings: SourceSettings): string {
  return `${stream?.label ?? settings.stream} · ${scopeInWords(settings.scope) ?? "everything"}`;
}

function scopeInWords(scope: Scope): string | null {
  if (scope.kind === "everything") return null;
  const names =
    scope.kind === "projects"
      ? scope.projects.map(({ name }) => name)
      : scope.repositories.map(({ name }) => name);
  if (names.length === 1) return names[0] ?? null;
  if (names.length === 2) return names.join(" and ");
  return `${names.length} ${scope.kind}`;
}
