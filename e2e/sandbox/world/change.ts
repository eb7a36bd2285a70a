import { z } from "zod";
import { type Account, allAccounts } from "../accounts";
import type { Repository } from "../company";
import { gitCommit } from "../git-objects";
import type { Content } from "./content";
import { inventedId, messages, pick } from "./invented";
import type { Commit } from "./model";
import type { World } from "./world";

/** A change of what a server holds: what it must be told, and how it is made. */
export interface Change<Schema extends z.ZodType, Result> {
  schema: Schema;
  apply: (world: World, given: z.output<Schema>) => Result;
}

/** A change whose arguments are a schema's output. */
export function change<Schema extends z.ZodType, Result>(
  schema: Schema,
  apply: (world: World, given: z.output<Schema>) => Result,
): Change<Schema, Result> {
  return { schema, apply };
}

/** A repository as changes name it: PROJECT/slug, by today's names. */
export const repositorySchema = z.string().regex(/^[^/]+\/[^/]+$/, "PROJECT/slug");
/** Who does it; Jane unless another is named. */
export const accountSchema = z.string().default("jcitizen");

/** The repository with this name; throws if there is none. */
export function repositoryAt(world: World, name: string): { repository: Repository; content: Content } {
  const [key = "", slug = ""] = name.split("/");
  const project = world.findProject(key);
  const repository = project && world.findRepository(project, slug);
  if (!repository) throw new RangeError(`the server has no repository ${name}`);
  return { repository, content: world.contentOf(repository) };
}

/** The account with this name; throws if there is none. */
export function accountNamed(world: World, name: string): Account {
  const found = [...allAccounts, ...world.people].find((one) => one.name === name);
  if (!found) throw new RangeError(`the server has no account ${name}`);
  return found;
}

/** Adds a line of commits on top of these parents and returns their ids, oldest first. */
export function growLine(
  world: World,
  content: Content,
  line: { parents: readonly string[]; count: number; author: Account; message?: string | undefined },
): string[] {
  const made: string[] = [];
  for (let at = 0; at < line.count; at += 1) {
    const moment = world.nextMoment();
    const commit: Omit<Commit, "order" | "id"> = {
      message: line.message ?? `${pick(messages, moment / 60_000)} (${world.nextId()})`,
      author: line.author,
      at: moment,
      authoredAt: moment,
      parents: at === 0 ? line.parents : made.slice(-1),
    };
    const id = idOf(content, commit, line.author);
    content.add({ ...commit, id });
    made.push(id);
  }
  return made;
}

/** Where git can clone, a commit's id is its hash. */
function idOf(content: Content, commit: Omit<Commit, "order" | "id">, author: Account): string {
  const tree = content.objects.find((one) => one.type === "tree");
  if (!tree) return inventedId("new", commit.at, ...commit.parents);
  const object = gitCommit({ ...commit, author, tree });
  content.objects.push(object);
  return object.id;
}
