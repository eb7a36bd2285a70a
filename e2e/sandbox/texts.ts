import type { Account } from "./accounts";
import type { Repository } from "./company";
import { nameShown } from "./hostile-text";
import type { Instance } from "./instance";
import { pullRequestDate, pullRequestsAddress, repositoryView, userView } from "./views";
import type { Branch, Commit, Outsider, Tag } from "./world/model";

/** JSON text of plain fields and of fields that are JSON text already; undefined ones are left out. */
export function compose(
  fields: Readonly<Record<string, unknown>>,
  ready: Readonly<Record<string, string | undefined>>,
): string {
  let body = JSON.stringify(fields).slice(0, -1);
  for (const [name, text] of Object.entries(ready)) {
    if (text !== undefined) body += `${body === "{" ? "" : ","}"${name}":${text}`;
  }
  return `${body}}`;
}

/** A JSON list of JSON texts. */
export const listText = (texts: readonly string[]): string => `[${texts.join(",")}]`;

/**
 * What a repository holds as JSON text. Made for one response: people and repositories, which a page repeats a thousand
 * times, are written once.
 */
export class Texts {
  readonly instance: Instance;
  /** Who reads; null for nobody. */
  readonly viewer: Account | null;
  readonly #repositories = new Map<Repository, string>();

  constructor(instance: Instance, viewer: Account | null = null) {
    this.instance = instance;
    this.viewer = viewer;
  }

  user(account: Account): string {
    return remembered(this.instance.userTexts, account, () =>
      JSON.stringify(userView(this.instance, account)),
    );
  }

  /** An author: an account if the server knows one, else what the commit says. */
  person(author: Account | Outsider): string {
    if ("id" in author) return this.user(author);
    return JSON.stringify({ name: author.displayName, emailAddress: author.emailAddress });
  }

  repository(repository: Repository): string {
    return remembered(this.#repositories, repository, () =>
      JSON.stringify(repositoryView(this.instance, repository)),
    );
  }

  /** Epoch milliseconds or ISO text, by the server's version. */
  date(ms: number): number | string {
    return pullRequestDate(this.instance, ms);
  }

  branch(branch: Branch): string {
    return JSON.stringify({
      id: `refs/heads/${branch.name}`,
      displayId: branch.name,
      type: "BRANCH",
      latestCommit: branch.latestCommit,
      latestChangeset: branch.latestCommit,
      isDefault: branch.isDefault,
    });
  }

  tag(tag: Tag): string {
    return JSON.stringify({
      id: `refs/tags/${tag.name}`,
      displayId: tag.name,
      type: "TAG",
      latestCommit: tag.latestCommit,
      latestChangeset: tag.latestCommit,
      hash: tag.hash,
    });
  }

  /** Written out, since most pages are commits; ids are hexadecimal and need no escaping. */
  commit(commit: Commit): string {
    const author = this.person(commit.author);
    const shortOf = (id: string) => `"id":"${id}","displayId":"${id.slice(0, 11)}"`;
    const parents = commit.parents.map((id) => `{${shortOf(id)}}`).join(",");
    const message = JSON.stringify(nameShown(this.instance, commit.message));
    return (
      `{${shortOf(commit.id)},"author":${author},"authorTimestamp":${commit.authoredAt},` +
      `"committer":${author},"committerTimestamp":${commit.at},"message":${message},"parents":[${parents}]}`
    );
  }

  /** The browser address of a project's or repository's pull request. */
  pullRequestAddress(repository: Repository, id: number): string {
    return `${pullRequestsAddress(this.instance, repository)}/${id}`;
  }
}

function remembered<Key>(known: Map<Key, string>, key: Key, make: () => string): string {
  const text = known.get(key);
  if (text !== undefined) return text;
  const made = make();
  known.set(key, made);
  return made;
}
