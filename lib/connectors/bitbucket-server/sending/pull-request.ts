import type { Json, JsonObject } from "@/lib/connectors/stream-reader";
import { linkOf, picked } from "./look-then-write";
import { asObject, type Job } from "./machine";
import { given } from "./paths";
import { isOlder } from "./server-version";

/** What a pull request as the server sends it says. */

/** The names of its reviewers, as typed on the server. */
export function reviewersOf(pull: JsonObject): readonly string[] {
  return usersIn(pull.reviewers).map(({ name }) => String(name ?? ""));
}

/** The user records in a list of reviewers or participants, with the entry's own status. */
export function usersIn(list: Json | undefined): readonly JsonObject[] {
  if (!Array.isArray(list)) return [];
  return list.map(asObject).map((entry) => ({ ...asObject(entry.user), status: entry.status }));
}

/** The name of its author; empty if unknown. */
export function authorOf(pull: JsonObject): string {
  return String(asObject(asObject(pull.author).user).name ?? "");
}

/** True for the same user: the server ignores the case of names. */
export function isSameName(one: string, other: string): boolean {
  return one !== "" && one.toLowerCase() === other.toLowerCase();
}

/** Project and repository of one of its refs, in lower case, and the branch. */
export function refOf(ref: Json | undefined): { readonly branch: string; readonly place: string } {
  const { id, repository } = asObject(ref);
  const { slug, project } = asObject(repository);
  return { branch: String(id ?? ""), place: placeName(asObject(project).key, slug) };
}

/** A repository's address for comparing: the server ignores the case of keys and slugs. */
export function placeName(project: Json | undefined, repository: Json | undefined): string {
  return `${String(project ?? "")}/${String(repository ?? "")}`.toLowerCase();
}

/** What is kept of a pull request. */
export function keptOf(pull: JsonObject): JsonObject {
  return given({ ...picked(pull, ["id", "version", "state"]), url: linkOf(pull) });
}

/** "is merged", "is declined". */
export function stateInWords(pull: JsonObject): string {
  return `is ${String(pull.state ?? "").toLowerCase() || "in an unknown state"}`;
}

/** Drafts exist from 8.18 on. */
export function hasDrafts({ context }: Job): boolean {
  return !isOlder(context.serverVersion, [8, 18]);
}
