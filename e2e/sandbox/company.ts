import { type Account, type Level, sandboxAccounts } from "./accounts";

/** Levels by account name. */
export type Grants = Readonly<Record<string, Level>>;

export interface Repository {
  /** Stays the same when the repository is renamed or moved. */
  id: number;
  slug: string;
  name: string;
  project: Project;
  grants: Grants;
  /** The levels of groups once one was granted. */
  groupGrants?: ReadonlyMap<string, Level>;
  /** Given when it was made over the REST API. */
  description?: string | undefined;
  /** When it was made over the REST API; undefined if it was not. */
  writtenAt?: number;
  public: boolean;
  archived: boolean;
  /** Without commits and therefore without a default branch. */
  empty: boolean;
  /** The repository that this one was forked from. */
  origin: Repository | null;
  /** Accounts that lost every right on it, whatever the grants say; some lists may show it to them all the same. */
  hiddenFrom: Map<string, { stillListed: boolean }>;
  /** Its address when the server started, by which keys of this repository know it. */
  keyScope: { project: string; repository: string };
}

export interface Project {
  /** Stays the same when the key changes. */
  id: number;
  key: string;
  name: string;
  description: string;
  type: "NORMAL" | "PERSONAL";
  owner: Account | null;
  public: boolean;
  grants: Grants;
  /** The levels of groups once one was granted. */
  groupGrants?: ReadonlyMap<string, Level>;
  /** When it was made over the REST API; undefined if it was not. */
  writtenAt?: number;
  repositories: Repository[];
  /** Its key when the server started, by which keys of this project know it. */
  keyScope: { project: string };
}

export type RepositorySeed = Pick<Repository, "id" | "slug"> &
  Partial<Pick<Repository, "grants" | "archived" | "empty">> & {
    /** The id of a repository of the same company. */
    forkOf?: number;
  };
export type ProjectSeed = Pick<Project, "id" | "key" | "name" | "description" | "grants"> & {
  owner?: Account;
  public?: boolean;
  repositories: readonly RepositorySeed[];
};

/** Projects that nobody else has, so that each server's may change. */
export function makeCompany(seeds: readonly ProjectSeed[]): Project[] {
  const projects = seeds.map(makeProject);
  const all = new Map(projects.flatMap((one) => one.repositories.map((each) => [each.id, each])));
  for (const { id, forkOf } of seeds.flatMap((seed) => seed.repositories)) {
    const fork = all.get(id);
    if (forkOf !== undefined && fork) fork.origin = all.get(forkOf) ?? null;
  }
  return projects;
}

function makeProject({ owner, repositories, ...seed }: ProjectSeed): Project {
  const made: Project = {
    ...seed,
    type: owner ? "PERSONAL" : "NORMAL",
    owner: owner ?? null,
    public: seed.public ?? false,
    repositories: [],
    keyScope: { project: seed.key },
  };
  made.repositories = repositories.map((repository) => makeRepository(made, repository));
  return made;
}

/** A repository of this project; the caller adds it to the project's list. */
export function makeRepository(project: Project, { forkOf: _, ...seed }: RepositorySeed): Repository {
  return {
    grants: {},
    archived: false,
    empty: false,
    public: project.public,
    name: seed.slug,
    origin: null,
    hiddenFrom: new Map(),
    keyScope: { project: project.key, repository: seed.slug },
    ...seed,
    project,
  };
}

const { jane, zoe, omar, ana } = sandboxAccounts;

/** All projects in the server's order, by name; most accounts cannot read the first, so that paging has to skip it. */
export const smallCompany: readonly ProjectSeed[] = [
  {
    id: 6,
    key: "BOARD",
    name: "Board",
    description: "Minutes and plans of the board",
    grants: { [ana.name]: "ADMIN" },
    repositories: [{ id: 61, slug: "minutes" }],
  },
  {
    id: 1,
    key: "DATA",
    name: "Data Platform",
    description: "Pipelines and models behind the reports",
    grants: { [jane.name]: "WRITE", [zoe.name]: "READ", [ana.name]: "ADMIN" },
    repositories: [
      { id: 11, slug: "airflow-dags" },
      { id: 12, slug: "dbt-models" },
      { id: 13, slug: "event-lake" },
      { id: 14, slug: "legacy-etl", archived: true },
      { id: 15, slug: "scratch", empty: true },
    ],
  },
  {
    id: 5,
    key: "~JCITIZEN",
    name: "Jane Citizen",
    description: "",
    owner: jane,
    grants: { [jane.name]: "ADMIN" },
    repositories: [{ id: 51, slug: "notes" }],
  },
  {
    id: 4,
    key: "OSS",
    name: "Open Source",
    description: "What Fernwood shares with everybody",
    public: true,
    grants: { [jane.name]: "READ", [omar.name]: "WRITE", [ana.name]: "ADMIN" },
    repositories: [{ id: 41, slug: "csv-tidy" }],
  },
  {
    id: 2,
    key: "PAY",
    name: "Payments",
    description: "Money in, money out",
    grants: { [zoe.name]: "ADMIN", [ana.name]: "ADMIN" },
    repositories: [
      { id: 21, slug: "card-vault" },
      { id: 22, slug: "ledger", grants: { [jane.name]: "READ" } },
      { id: 23, slug: "payout-service", forkOf: 22 },
    ],
  },
  {
    id: 3,
    key: "SHOP",
    name: "Web Shop",
    description: "The shop and its checkout",
    grants: { [jane.name]: "READ", [omar.name]: "WRITE", [ana.name]: "ADMIN" },
    repositories: [
      { id: 31, slug: "checkout" },
      { id: 32, slug: "storefront", grants: { [jane.name]: "ADMIN" } },
    ],
  },
];
