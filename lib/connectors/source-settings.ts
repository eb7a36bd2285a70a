import { z } from "zod";
import type { ConnectorKind } from "./kinds";
import { catalogueOf, findStream } from "./stream-catalogues";
import type { Scope, SourceSettings, Stream, StreamParameter } from "./streams";

/** More projects or repositories than these are better read as "everything". */
export const mostChosen = 500;
/** The server limits names and filters far below. */
const longestText = 1000;

const id = z.int().nonnegative();
const text = z.string().max(255);
const scopeSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("everything") }),
  z.object({
    kind: z.literal("projects"),
    projects: z.array(z.object({ id, key: text.min(1), name: text })),
  }),
  z.object({
    kind: z.literal("repositories"),
    repositories: z.array(z.object({ id, projectKey: text.min(1), slug: text.min(1), name: text })),
  }),
]);

export type TypedSettings = {
  readonly stream: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly scope: unknown;
};
export type ParsedSettings =
  | { readonly ok: true; readonly settings: SourceSettings }
  | { readonly ok: false; readonly fieldErrors: Readonly<Record<string, string>> };

/**
 * Reads what a form sent as a source's settings. Errors stand at the fields `stream`, `scope` and those of the stream's
 * parameters, by their names. Parameters of other streams are dropped, missing ones get their defaults. Pure.
 */
export function parseSettings(kind: ConnectorKind, typed: TypedSettings): ParsedSettings {
  const stream = findStream(kind, typed.stream);
  if (stream === null) return { ok: false, fieldErrors: { stream: "Choose what to read." } };
  const fieldErrors: Record<string, string> = {};
  const parameters: Record<string, string> = {};
  for (const parameter of stream.parameters) {
    const value = (typed.parameters[parameter.name] ?? "").trim() || defaultOf(parameter);
    const problem = problemOf(parameter, value);
    if (problem === null) parameters[parameter.name] = value;
    else fieldErrors[parameter.name] = problem;
  }
  const scope = readScope(stream, typed.scope);
  if (typeof scope === "string") fieldErrors.scope = scope;
  const refused = catalogueOf(kind).refuseParameters(stream.id, parameters);
  for (const [name, message] of Object.entries(refused)) fieldErrors[name] ??= message;
  if (typeof scope !== "string" && parameters.level === "project" && scope.kind === "repositories") {
    fieldErrors.scope = "What belongs to projects is chosen by projects. Choose projects or everything.";
  }
  if (typeof scope === "string" || Object.keys(fieldErrors).length > 0) return { ok: false, fieldErrors };
  return { ok: true, settings: { stream: stream.id, parameters, scope } };
}

function defaultOf({ choices }: StreamParameter): string {
  return choices?.[0]?.value ?? "";
}

function problemOf({ choices, label, isRequired }: StreamParameter, value: string): string | null {
  if (choices !== null) {
    return choices.some((choice) => choice.value === value)
      ? null
      : `Choose one of the values of “${label}”.`;
  }
  if (isRequired && value === "") return `Enter “${label}”.`;
  // A control character is no part of any name, and databases refuse some.
  if (/\p{Cc}/u.test(value)) return `“${label}” contains invisible characters. Type it again.`;
  return value.length > longestText ? `“${label}” may have ${longestText} characters at most.` : null;
}

/** The scope, or what is wrong with it. */
function readScope(stream: Stream, typed: unknown): Scope | string {
  const read = scopeSchema.safeParse(typed);
  if (!read.success) return "Choose what to read it from.";
  const scope = read.data;
  if (!stream.scopes.includes(scope.kind))
    return `“${stream.label}” cannot be narrowed like that. Choose another scope.`;
  if (scope.kind === "everything") return scope;
  const chosen = scope.kind === "projects" ? scope.projects : scope.repositories;
  if (chosen.length === 0) return `Choose at least one of the ${scope.kind}, or everything.`;
  if (chosen.length > mostChosen) {
    return `Choose ${mostChosen} ${scope.kind} at most; for more, choose everything.`;
  }
  const ids = new Set(chosen.map((one) => one.id));
  if (ids.size === chosen.length) return scope;
  const isFirst = (one: { id: number }) => ids.delete(one.id);
  return scope.kind === "projects"
    ? { ...scope, projects: scope.projects.filter(isFirst) }
    : { ...scope, repositories: scope.repositories.filter(isFirst) };
}
