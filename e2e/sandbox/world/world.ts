import { type Account, allAccounts, type Level } from "../accounts";
import { makeCompany, type Project, type Repository, smallCompany } from "../company";
import { BuildStatuses } from "./builds";
import { Content } from "./content";
import { webhooksOf } from "./extras";
import { authors, NEWEST } from "./invented";
import { largeCompany, largePeople } from "./large-company";
import { makeLargeContent } from "./large-content";
import type { PullRequest, PullRequestDetails, Webhook } from "./model";
import { countComments, countOpenTasks, makeDetails } from "./pull-request-details";
import { makeSmallContent } from "./small-content";

/** How much the servers of a sandbox hold. */
export type Size = "small" | "large";

const MINUTE_MS = 60_000;

/** What one server holds: projects, people and, made when first needed, the content of repositories. */
export class World {
  projects: Project[];
  /** The people that the server lists: accounts behind project and repository keys have no user record. */
  readonly people: readonly Account[];
  readonly size: Size;
  readonly builds = new BuildStatuses();
  /** The levels that were granted over the REST API, by place and holder. */
  readonly grantsWritten = new Map<string, { where: string; who: string; level: Level; at: number }>();
  /** Labels that somebody applied first over the REST API. */
  readonly newLabels = new Set<string>();
  readonly #contents = new Map<number, Content>();
  readonly #webhooksOfProjects = new Map<number, Webhook[]>();
  #changes = 0;
  #ids = 0;
  #comments = 0;

  constructor(size: Size) {
    this.size = size;
    this.projects = makeCompany(size === "large" ? largeCompany : smallCompany);
    const signingIn = allAccounts.filter((account) => account.type === "NORMAL");
    this.people = size === "large" ? [...signingIn, ...largePeople()] : signingIn;
  }

  /** In the server's order. */
  get repositories(): Repository[] {
    return this.projects.flatMap((one) => one.repositories);
  }

  /** The project with this key; like the server, ignores case. */
  findProject(key: string): Project | undefined {
    return this.projects.find((one) => one.key.toLowerCase() === key.toLowerCase());
  }

  /** The repository with this slug in the project; ignores case. */
  findRepository(owner: Project, slug: string): Repository | undefined {
    return owner.repositories.find((one) => one.slug.toLowerCase() === slug.toLowerCase());
  }

  removeProject(project: Project): void {
    this.projects = this.projects.filter((one) => one !== project);
  }

  /** A user by slug, never by name. */
  personBySlug(slug: string): Account | undefined {
    return this.people.find((one) => one.slug.toLowerCase() === slug.toLowerCase());
  }

  contentOf(repository: Repository): Content {
    const known = this.#contents.get(repository.id);
    if (known) return known;
    const isLarge = this.size === "large";
    const made = new Content(
      isLarge ? makeLargeContent(repository, this.people) : makeSmallContent(repository),
    );
    this.#contents.set(repository.id, made);
    return made;
  }

  /** The repositories that somebody has looked into, and what they hold. */
  get visited(): { repository: Repository; content: Content }[] {
    return this.repositories.flatMap((repository) => {
      const content = this.#contents.get(repository.id);
      return content ? [{ repository, content }] : [];
    });
  }

  /** Comments and activities of a pull request, to read and to change. */
  detailsOf(repository: Repository, pull: PullRequest): PullRequestDetails {
    const isLarge = this.size === "large";
    pull.details ??= makeDetails(repository, pull, isLarge ? this.people : authors, isLarge);
    return pull.details;
  }

  commentsCount(repository: Repository, pull: PullRequest): number {
    return countComments(repository, pull, this.size === "large");
  }

  openTasksCount(repository: Repository, pull: PullRequest): number {
    return countOpenTasks(repository, pull, this.size === "large");
  }

  webhooksOfProject(project: Project): Webhook[] {
    const known = this.#webhooksOfProjects.get(project.id);
    if (known) return known;
    const made = webhooksOf(100_000 + project.id, 1);
    this.#webhooksOfProjects.set(project.id, made);
    return made;
  }

  /** An id that nothing else on this server has had; those of seeded things lie far above. */
  nextId(): number {
    this.#ids += 1;
    return this.#ids;
  }

  /** An id that no other comment of this server has had. */
  nextCommentId(): number {
    this.#comments += 1;
    return this.#comments;
  }

  /** The time of the next change: a minute after the one before, and always the same. */
  nextMoment(): number {
    this.#changes += 1;
    return NEWEST + this.#changes * MINUTE_MS;
  }
}
