import type { ChosenRepository, Scope, SourceSettings, Stream } from "@/lib/connectors/streams";
import { nameMaxLength } from "@/lib/text/name-limits";

/**
 * A name for a new source: "Pull requests of Web Shop", "Commits of 3 repositories". A place that is named after the stream
 * is the whole name, so that nothing is called "Commits of Commits".
 */
export function suggestName(stream: Pick<Stream, "label">, scope: Scope): string {
  const of = scopeInWords(scope);
  if (of === null) return cut(stream.label);
  return cut(isNamedAfter(of, stream.label) ? of : `${stream.label} of ${of}`);
}

/** True if a name is these words, or begins with them, ignoring case. */
export function isNamedAfter(name: string, words: string): boolean {
  return `${name.toLowerCase()} `.startsWith(`${words.toLowerCase()} `);
}

/** A suggested name that is no longer than names may be. */
export function cut(name: string): string {
  // No half of a character at the end.
  return name
    .slice(0, nameMaxLength)
    .replace(/[\uD800-\uDBFF]$/, "")
    .trim();
}

/** What a source reads in a few words, such as "Commits · 3 repositories". */
export function settingsInWords(stream: Pick<Stream, "label"> | null, settings: SourceSettings): string {
  return `${stream?.label ?? settings.stream} · ${scopeInWords(settings.scope) ?? "everything"}`;
}

function scopeInWords(scope: Scope): string | null {
  if (scope.kind === "everything") return null;
  const names =
    scope.kind === "projects" ? scope.projects.map(({ name }) => name) : repositoryNames(scope.repositories);
  if (names.length === 1) return names[0] ?? null;
  if (names.length === 2) return names.join(" and ");
  return `${names.length} ${scope.kind}`;
}

// Forks have the name of what they were forked from.
function repositoryNames(repositories: readonly ChosenRepository[]): string[] {
  const names = repositories.map(({ name }) => name);
  if (new Set(names).size === names.length) return names;
  return repositories.map(({ projectKey, slug }) => `${projectKey}/${slug}`);
}
