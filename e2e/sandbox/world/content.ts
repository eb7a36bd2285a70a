import type { GitObject } from "../git-objects";
import type { Deployment } from "./deployments";
import { Insights } from "./insights";
import type { Branch, Commit, Discussion, PullRequest, Push, Tag, Webhook } from "./model";

/** What a generator makes of a repository. */
export interface MadeContent {
  /** Oldest first. */
  commits: readonly Commit[];
  branches: Branch[];
  tags: Tag[];
  /** Newest first. */
  pullRequests: PullRequest[];
  pushes: Push[];
  webhooks: Webhook[];
  /** The newest content of each file, by path. */
  files: Map<string, string>;
  /** For git clients; empty in the large company. */
  objects: GitObject[];
  /** The name that the settings give as the default branch, whether or not there is such a branch. */
  defaultBranch: string | null;
  /** How many files the first commit added. */
  filesOfFirstCommit: number;
}

export const emptyContent = (): MadeContent => ({
  commits: [],
  branches: [],
  tags: [],
  pullRequests: [],
  pushes: [],
  webhooks: [],
  files: new Map(),
  objects: [],
  defaultBranch: null,
  filesOfFirstCommit: 0,
});

/** Branches or tags by name, as long as their list is the same and has only grown by what the index knows. */
interface RefIndex<Ref> {
  of: readonly Ref[];
  size: number;
  byName: Map<string, Ref>;
}

function indexed<Ref extends { name: string }>(known: RefIndex<Ref>, refs: readonly Ref[]): RefIndex<Ref> {
  const isSame = known.of === refs && known.size <= refs.length;
  if (isSame && known.size === refs.length) return known;
  const byName = isSame ? known.byName : new Map<string, Ref>();
  for (let at = isSame ? known.size : 0; at < refs.length; at += 1) {
    const ref = refs[at];
    if (ref && !byName.has(ref.name)) byName.set(ref.name, ref);
  }
  return { of: refs, size: refs.length, byName };
}

/** What one repository of one server holds; changes with the server's changes. */
export class Content {
  readonly commits: Map<string, Commit>;
  branches: Branch[];
  tags: Tag[];
  pullRequests: PullRequest[];
  pushes: Push[];
  readonly webhooks: Webhook[];
  readonly files: Map<string, string>;
  readonly objects: GitObject[];
  defaultBranch: string | null;
  readonly filesOfFirstCommit: number;
  /** Comments on commits, by commit. */
  readonly discussions = new Map<string, Discussion>();
  readonly insights = new Insights();
  /** Deployments, by key, environment and number. */
  readonly deployments = new Map<string, Deployment>();
  /** The repository's labels once they were changed; null: those that are invented. */
  labels: string[] | null = null;
  /** The files that commits wrote, by commit; what no commit wrote is in `files`. */
  readonly #writtenFiles = new Map<string, ReadonlyMap<string, string>>();
  #branchIndex: RefIndex<Branch> = { of: [], size: 0, byName: new Map() };
  #tagIndex: RefIndex<Tag> = { of: [], size: 0, byName: new Map() };
  readonly #histories = new Map<string, readonly Commit[]>();
  readonly #madeCommits: number;
  #nextOrder: number;

  constructor(made: MadeContent) {
    this.commits = new Map(made.commits.map((commit) => [commit.id, commit]));
    this.branches = made.branches;
    this.tags = made.tags;
    this.pullRequests = made.pullRequests;
    this.pushes = made.pushes;
    this.webhooks = made.webhooks;
    this.files = made.files;
    this.objects = made.objects;
    this.defaultBranch = made.defaultBranch;
    this.filesOfFirstCommit = made.filesOfFirstCommit;
    this.#madeCommits = made.commits.length;
    this.#nextOrder = made.commits.length;
  }

  branch(name: string): Branch | undefined {
    this.#branchIndex = indexed(this.#branchIndex, this.branches);
    return this.#branchIndex.byName.get(name);
  }

  tag(name: string): Tag | undefined {
    this.#tagIndex = indexed(this.#tagIndex, this.tags);
    return this.#tagIndex.byName.get(name);
  }

  /** The comments on a commit, to add to. */
  discussionOf(commit: string): Discussion {
    const known = this.discussions.get(commit);
    if (known) return known;
    const made: Discussion = { comments: [] };
    this.discussions.set(commit, made);
    return made;
  }

  get default(): Branch | undefined {
    return this.branches.find((one) => one.isDefault);
  }

  pullRequest(id: number): PullRequest | undefined {
    return this.pullRequests.find((one) => one.id === id);
  }

  /** The commit with this id, or at this branch or tag, with or without refs/. */
  find(ref: string): Commit | undefined {
    const known = this.commits.get(ref);
    if (known) return known;
    const branch = this.branch(ref.replace(/^refs\/heads\//, ""));
    const tag = this.tag(ref.replace(/^refs\/tags\//, ""));
    return this.commits.get(branch?.latestCommit ?? tag?.latestCommit ?? "");
  }

  /** The commits reachable from `until` and not from `since`, newest first. */
  history(until: string, since: string | null = null): readonly Commit[] {
    const key = `${until} ${since ?? ""}`;
    const known = this.#histories.get(key);
    if (known) return known;
    const excluded = since === null ? new Set<string>() : this.#reachable([since], new Set());
    const found = [...this.#reachable([until], excluded)].flatMap((id) => this.commits.get(id) ?? []);
    found.sort((one, other) => other.order - one.order);
    this.#histories.set(key, found);
    return found;
  }

  /** Adds a commit; the order of its history is that of the calls. */
  add(commit: Omit<Commit, "order">): void {
    this.commits.set(commit.id, { ...commit, order: this.#nextOrder });
    this.#nextOrder += 1;
  }

  /** Notes the files that a commit wrote. */
  writeFiles(commit: string, files: ReadonlyMap<string, string>): void {
    this.#writtenFiles.set(commit, files);
  }

  /** The files that this commit wrote; none for the commits of generators. */
  writtenBy(commit: string): ReadonlyMap<string, string> | undefined {
    return this.#writtenFiles.get(commit);
  }

  /** All that commits wrote, oldest first. */
  get writtenFiles(): { commit: string; path: string }[] {
    return [...this.#writtenFiles].flatMap(([commit, files]) =>
      [...files.keys()].map((path) => ({ commit, path })),
    );
  }

  /** A file's text as of this commit. */
  fileAt(commit: Commit, path: string): string | undefined {
    for (const files of this.#writtenUpTo(commit)) {
      const found = files.get(path);
      if (found !== undefined) return found;
    }
    return this.files.get(path);
  }

  /** All files as of this commit, by path. */
  filesAt(commit: Commit): ReadonlyMap<string, string> {
    const written = [...this.#writtenUpTo(commit)];
    if (written.length === 0) return this.files;
    return new Map([...this.files, ...written.reverse().flatMap((files) => [...files])]);
  }

  /** What the commits of a line wrote, newest first. */
  *#writtenUpTo(commit: Commit): Generator<ReadonlyMap<string, string>> {
    if (this.#writtenFiles.size === 0) return;
    // Generators' commits write nothing, and come before all others.
    for (let at: Commit | undefined = commit; at && at.order >= this.#madeCommits; ) {
      const files = this.#writtenFiles.get(at.id);
      if (files) yield files;
      at = this.commits.get(at.parents[0] ?? "");
    }
  }

  /** Forgets the commits that no branch, tag or pull request reaches any more, as git's collection does. */
  collect(): void {
    const refs = [...this.branches, ...this.tags, ...this.pullRequests.map((one) => one.from)];
    const tips = refs.map((one) => one.latestCommit);
    const kept = this.#reachable(tips, new Set());
    for (const id of [...this.commits.keys()]) if (!kept.has(id)) this.commits.delete(id);
    this.#histories.clear();
  }

  #reachable(from: readonly string[], without: ReadonlySet<string>): Set<string> {
    const reached = new Set<string>();
    const left = [...from];
    for (let id = left.pop(); id !== undefined; id = left.pop()) {
      if (reached.has(id) || without.has(id)) continue;
      const commit = this.commits.get(id);
      if (!commit) continue;
      reached.add(id);
      left.push(...commit.parents);
    }
    return reached;
  }
}
