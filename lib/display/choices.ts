import { dateLanguages } from "./types";

/** The names of all time zones, with the one that is chosen, which may be another name of one of them. */
export function zoneNames(chosen: string | null): readonly string[] {
  const names = ["UTC", ...Intl.supportedValuesOf("timeZone")];
  return [...new Set(chosen === null ? names : [...names, chosen])];
}

/** A day as each language writes it, by the language's tag. */
export function languageExamples(day: Date): Readonly<Record<string, string>> {
  const written = (tag: string) =>
    new Intl.DateTimeFormat(tag, { dateStyle: "medium", timeZone: "UTC" }).format(day);
  return Object.fromEntries(Object.keys(dateLanguages).map((tag) => [tag, written(tag)]));
}
