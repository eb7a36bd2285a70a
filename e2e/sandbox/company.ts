import { type Account, type Level, sandboxAccounts } from "./accounts";

/** Levels by account name. */
export type Grants = Readonly<Record<string, Level>>;

export interface Repository {
  id: number;
  slug: string;
  name: string;
  project: Project;
  grants: Grants;
  public: boolean;
  archived: boolean;
  /** Without commits and therefore without a default branch. */
  empty: boolean;
}

export interface Project {
  id: number;
  key: string;
  name: string;
  description: string;
  type: "NORMAL" | "PERSONAL";
  owner: Account | null;
  public: boolean;
  grants: Grants;
  repositories: readonly Repository[];
}

type RepositorySeed = Pick<Repository, "id" | "slug"> &
  Partial<Pick<Repository, "grants" | "archived" | "empty">>;
type ProjectSeed = Pick<Project, "id" | "key" | "name" | "description" | "grants"> & {
  owner?: Account;
  public?: boolean;
  repositories: readonly RepositorySeed[];
};

function project(seed: ProjectSeed): Project {
  const made: Project = {
    ...seed,
    type: seed.owner ? "PERSONAL" : "NORMAL",
    owner: seed.owner ?? null,
    public: seed.public ?? false,
    repositories: [],
  };
  made.repositories = seed.repositories.map((repository) => ({
    grants: {},
    archived: false,
    empty: false,
    public: made.public,
    name: repository.slug,
    ...repository,
    project: made,
  }));
  return made;
}

const { jane, zoe, omar, ana } = sandboxAccounts;

/** All projects in the server's order, by name; most accounts cannot read the first, so that paging has to skip it. */
export const projects: readonly Project[] = [
  project({
    id: 6,
    key: "BOARD",
    name: "Board",
    description: "Minutes and plans of the board",
    grants: { [ana.name]: "ADMIN" },
    repositories: [{ id: 61, slug: "minutes" }],
  }),
  project({
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
  }),
  project({
    id: 5,
    key: "~JCITIZEN",
    name: "Jane Citizen",
    description: "",
    owner: jane,
    grants: { [jane.name]: "ADMIN" },
    repositories: [{ id: 51, slug: "notes" }],
  }),
  project({
    id: 4,
    key: "OSS",
    name: "Open Source",
    description: "What Fernwood shares with everybody",
    public: true,
    grants: { [jane.name]: "READ", [omar.name]: "WRITE", [ana.name]: "ADMIN" },
    repositories: [{ id: 41, slug: "csv-tidy" }],
  }),
  project({
    id: 2,
    key: "PAY",
    name: "Payments",
    description: "Money in, money out",
    grants: { [zoe.name]: "ADMIN", [ana.name]: "ADMIN" },
    repositories: [
      { id: 21, slug: "card-vault" },
      { id: 22, slug: "ledger", grants: { [jane.name]: "READ" } },
      { id: 23, slug: "payout-service" },
    ],
  }),
  project({
    id: 3,
    key: "SHOP",
    name: "Web Shop",
    description: "The shop and its checkout",
    grants: { [jane.name]: "READ", [omar.name]: "WRITE", [ana.name]: "ADMIN" },
    repositories: [
      { id: 31, slug: "checkout" },
      { id: 32, slug: "storefront", grants: { [jane.name]: "ADMIN" } },
    ],
  }),
];

export const repositories: readonly Repository[] = projects.flatMap((one) => one.repositories);

/** The project with this key; like the server, ignores case. */
export function findProject(key: string): Project | undefined {
  return projects.find((one) => one.key.toLowerCase() === key.toLowerCase());
}

/** The repository with this slug in the project; ignores case. */
export function findRepository(owner: Project, slug: string): Repository | undefined {
  return owner.repositories.find((one) => one.slug.toLowerCase() === slug.toLowerCase());
}
