import { type Account, type Level, sandboxAccounts } from "../accounts";
import type { Grants, ProjectSeed, RepositorySeed } from "../company";
import { pick } from "./invented";

/** What the large company holds in all. */
export const LARGE = {
  projects: 5,
  repositories: 300,
  commits: 200_000,
  pullRequests: 20_000,
  people: 3_000,
};
const PER_PROJECT = LARGE.repositories / LARGE.projects;

const { jane, zoe, omar, ana } = sandboxAccounts;
const everywhere: Grants = { [zoe.name]: "ADMIN", [ana.name]: "ADMIN" };

/** Project and number of repositories at its beginning that Jane may not read; she has no right on those projects. */
const projectSeeds = [
  { id: 6, key: "BOARD", name: "Board", note: "Minutes and plans of the board", unreadable: 4, level: null },
  { id: 1, key: "DATA", name: "Data Platform", note: "Pipelines and models", unreadable: 0, level: "WRITE" },
  { id: 4, key: "OSS", name: "Open Source", note: "Shared with everybody", unreadable: 0, level: "READ" },
  { id: 2, key: "PAY", name: "Payments", note: "Money in, money out", unreadable: 8, level: null },
  { id: 3, key: "SHOP", name: "Web Shop", note: "The shop and its checkout", unreadable: 0, level: "READ" },
] as const satisfies readonly {
  id: number;
  key: string;
  name: string;
  note: string;
  unreadable: number;
  level: Level | null;
}[];

/** Slugs of the small company that tests and keys name. */
const wellKnown: Readonly<Record<string, readonly string[]>> = {
  BOARD: ["minutes"],
  DATA: ["airflow-dags", "dbt-models", "event-lake"],
  OSS: ["csv-tidy"],
  // The fixed places lie behind those that Jane may not read.
  PAY: ["", "", "", "", "", "", "", "", "card-vault", "ledger", "payout-service"],
  SHOP: ["checkout", "storefront"],
};

const subjects = ["orders", "invoices", "stock", "prices", "accounts", "events", "letters", "routes"];
const kinds = ["service", "loader", "models", "reports", "client", "jobs"];

/** Five projects of 60 repositories: some empty, archived, forked or unreadable, and one slug in two projects. */
export const largeCompany: readonly ProjectSeed[] = projectSeeds.map((seed, place) => ({
  id: seed.id,
  key: seed.key,
  name: seed.name,
  description: seed.note,
  public: seed.key === "OSS",
  grants: {
    ...everywhere,
    ...(seed.level ? { [jane.name]: seed.level } : {}),
    ...(seed.key === "SHOP" || seed.key === "OSS" ? { [omar.name]: "WRITE" as const } : {}),
  },
  repositories: Array.from({ length: PER_PROJECT }, (_, at): RepositorySeed => {
    const slug = slugAt(seed.key, place, at);
    const isGranted = seed.level === null && at >= seed.unreadable;
    return {
      id: repositoryId(place, at),
      slug,
      ...(isGranted ? { grants: { [jane.name]: "READ" } } : {}),
      ...(slug === "storefront" ? { grants: { [jane.name]: "ADMIN" } } : {}),
      ...(at === 57 && place < 3 ? { empty: true } : {}),
      ...(at >= 50 && at < 53 ? { archived: true } : {}),
      ...(at === 45 ? { forkOf: repositoryId(place, 44) } : {}),
    };
  }),
}));

function repositoryId(place: number, at: number): number {
  return 1 + place * PER_PROJECT + at;
}

function slugAt(key: string, place: number, at: number): string {
  const known = wellKnown[key]?.[at];
  if (known) return known;
  // The same slug in DATA and SHOP; every other slug is the only one of its name.
  if (at === 59 && (key === "DATA" || key === "SHOP")) return "tools";
  return `${pick(subjects, at + place)}-${pick(kinds, at)}-${repositoryId(place, at)}`;
}

/** The repository of the large company with many commits, pull requests, and a pull request with many comments. */
export const MONOLITH = repositoryId(4, 1);
/** Its branches and tags need more than one page of 1000. */
export const MANY_REFS = repositoryId(1, 2);
/** Its settings name a default branch that does not exist. */
export const WRONG_DEFAULT = repositoryId(2, 20);

const shares = new Map<number, { commits: number; pullRequests: number }>();

/** How many commits and pull requests this repository of the large company holds. */
export function shareOf(id: number): { commits: number; pullRequests: number } {
  if (shares.size === 0) distribute();
  return shares.get(id) ?? { commits: 0, pullRequests: 0 };
}

function distribute(): void {
  const ids = largeCompany.flatMap((one) =>
    one.repositories.filter((each) => !each.empty).map(({ id }) => id),
  );
  const weights = ids.map((id) => (id === MONOLITH ? 50 : id % 30 === 0 ? 8 : 1 + (id % 5) / 4));
  const sum = weights.reduce((total, weight) => total + weight, 0);
  for (const [at, id] of ids.entries()) {
    const part = (weights[at] ?? 0) / sum;
    const commits = Math.floor(LARGE.commits * part);
    shares.set(id, { commits, pullRequests: Math.floor(LARGE.pullRequests * part) });
  }
  // What rounding left over belongs to the largest.
  const largest = shares.get(MONOLITH);
  if (!largest) return;
  const total = [...shares.values()].reduce(
    (so, one) => ({ commits: so.commits + one.commits, pullRequests: so.pullRequests + one.pullRequests }),
    { commits: 0, pullRequests: 0 },
  );
  largest.commits += LARGE.commits - total.commits;
  largest.pullRequests += LARGE.pullRequests - total.pullRequests;
}

const firstNames = ["Ada", "Björn", "Chiara", "Deniz", "Élodie", "Farid", "Grace", "Hana", "Ivan", "Jun"];
const lastNames = [
  "Abebe",
  "Berg",
  "Costa",
  "Dvořák",
  "Eriksen",
  "Fischer",
  "García",
  "Hansen",
  "Ito",
  "Jansen",
];

/** People who sign in nowhere but write commits and review. */
export function largePeople(): Account[] {
  return Array.from({ length: LARGE.people }, (_, at): Account => {
    const first = pick(firstNames, at);
    const last = pick(lastNames, Math.floor(at / 10));
    const name = `user${String(at + 1).padStart(4, "0")}`;
    return {
      id: 1_001 + at,
      name,
      slug: name,
      displayName: `${first} ${last} ${at + 1}`,
      emailAddress: at % 40 === 39 ? "" : `${name}@fernwood.example`,
      password: "",
      active: at % 50 !== 49,
      type: "NORMAL",
      note: "",
    };
  });
}
