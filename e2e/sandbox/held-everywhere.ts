import { streamsOf } from "@/lib/connectors/stream-catalogues";
import type { ChosenRepository } from "@/lib/connectors/streams";
import { Lists } from "./held-lists";
import { type At, textAt, type Way, ways } from "./held-ways";
import type { Sandbox } from "./start";

/** What a sign-in finds of a stream on the sandbox's main server. */
export interface Held {
  /** The keys that its records have, sorted. */
  keys: string[];
  /** The fewest calls that bring them all. */
  fewest: number;
  /**
   * The most for a reading that finds nothing new: one for each repository and each page of their list. Snapshots, and
   * lists of pull requests, are read whole.
   */
  again: number;
  /** The repositories or projects that it may not read, by their names. */
  denied: string[];
}

type Options = {
  authorization: string;
  stream: string;
  /** Only these, read without a list of repositories. */
  chosen?: readonly ChosenRepository[] | undefined;
};

/** Reads the lists of a stream one after the other, in pages as large as may be, and not as the connector does. */
export async function heldEverywhere(
  sandbox: Sandbox,
  { authorization, stream, chosen }: Options,
): Promise<Held> {
  const way = ways[stream];
  const mode = streamsOf("bitbucket-server").find(({ id }) => id === stream)?.mode;
  if (!way || !mode) throw new Error(`nothing is known of ${stream}`);
  const lists = new Lists(sandbox, authorization);
  const held: Held = { keys: [], fewest: 0, again: 0, denied: [] };
  for (const at of await unitsOf(lists, way, chosen, held)) {
    if (!way.isUnit) await readUnit(lists, way, at, held, mode === "snapshot");
  }
  lists.close();
  return { ...held, keys: [...new Set(held.keys)].sort(), denied: held.denied.sort() };
}

async function unitsOf(
  lists: Lists,
  way: Way,
  chosen: readonly ChosenRepository[] | undefined,
  held: Held,
): Promise<At[]> {
  if (way.of === "server") return [{ label: "", path: "" }];
  if (chosen && way.of === "repositories") {
    return chosen.map(({ id, projectKey, slug }) => repositoryAt(id, projectKey, slug));
  }
  const listed = await lists.read(way.of === "projects" ? "api/1.0/projects" : "api/1.0/repos?archived=ALL");
  held.fewest += listed.calls;
  held.again += listed.calls;
  const units = listed.items.map((item) =>
    way.of === "projects"
      ? { label: textAt(item, "key"), project: Number(item.id), path: `projects/${textAt(item, "key")}` }
      : repositoryAt(Number(item.id), textAt(item, "project.key"), textAt(item, "slug")),
  );
  if (way.isUnit) {
    held.keys.push(
      ...listed.items.flatMap((item, place) => way.keys(item, units[place] ?? { label: "", path: "" })),
    );
  }
  return units;
}

function repositoryAt(id: number, key: string, slug: string): At {
  return { label: `${key}/${slug}`, repository: id, path: `projects/${key}/repos/${slug}` };
}

async function readUnit(lists: Lists, way: Way, at: At, held: Held, isSnapshot: boolean): Promise<void> {
  const parents = await parentsOf(lists, way, at);
  held.fewest += parents?.calls ?? 0;
  held.again += parents ? (way.parents === "commits" ? 1 : parents.calls) : 0;
  for (const parent of parents?.names ?? [undefined]) {
    const place = parent === undefined ? at : { ...at, parent };
    for (const { path, most, kind } of way.lists) {
      const list = await lists.read(filled(path, place), most);
      held.fewest += list.calls;
      if (isSnapshot) held.again += list.calls;
      else if (!parents) held.again += path.includes("pull-requests?") ? list.calls : 1;
      if (list.isDenied) {
        held.denied.push(at.label);
        break;
      }
      held.keys.push(...list.items.flatMap((item) => way.keys(item, kind ? { ...place, kind } : place)));
    }
  }
}

async function parentsOf(
  lists: Lists,
  { parents }: Way,
  at: At,
): Promise<{ names: string[]; calls: number } | null> {
  if (parents === undefined) return null;
  const path = { pulls: "pull-requests?state=ALL", tips: "pull-requests?state=ALL", commits: "commits" };
  const list = await lists.read(
    parents === "groups" ? "api/1.0/groups" : `api/1.0/${at.path}/${path[parents]}`,
  );
  const name = { pulls: "id", tips: "fromRef.latestCommit", commits: "id", groups: "value" }[parents];
  return { names: [...new Set(list.items.map((item) => textAt(item, name)))], calls: list.calls };
}

function filled(path: string, { path: unit, parent = "" }: At): string {
  return path.replace("{unit}", unit).replace("{parent}", encodeURIComponent(parent));
}
