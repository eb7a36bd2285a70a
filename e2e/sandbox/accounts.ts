import { deriveApiKey } from "./api-key";

/** The level of a grant or an API key; each level includes the previous ones. */
export type Level = "READ" | "WRITE" | "ADMIN";

/** One account of the invented company; every instance knows all of them. */
export interface Account {
  id: number;
  /** The user name typed at sign-in and sent in X-AUSERNAME. */
  name: string;
  /** The form used in addresses; differs from the name if the name has characters that an address cannot. */
  slug: string;
  displayName: string;
  emailAddress: string;
  /** Empty for accounts without a password sign-in. */
  password: string;
  active: boolean;
  type: "NORMAL" | "SERVICE";
  /** The administrator's exception from the general rate limit, if any. */
  allowance?: { whitelisted: true } | { settings: { capacity: number; fillRate: number } };
  /** One line for the console: the purpose of this account. */
  note: string;
}

/** The owner of an API key: a user, or one project or repository. */
export type KeyScope =
  | { kind: "user" }
  | { kind: "project"; project: string }
  | { kind: "repository"; project: string; repository: string };

/** One API key; only `value` is secret. */
export interface ApiKey {
  name: string;
  id: string;
  value: string;
  account: Account;
  scope: KeyScope;
  /** The key's maximum level, whatever its account's rights. */
  level: Level;
  state: "live" | "expired" | "revoked";
  ageDays: number;
  /** Chosen when the key was made; null: it never expires. */
  expiryDays: number | null;
  note: string;
}

type User = Pick<Account, "id" | "name" | "displayName" | "emailAddress" | "password" | "note"> &
  Partial<Account>;

function account(user: User): Account {
  const slug = user.name.replace(/[^a-z0-9._-]/gi, "_");
  return { slug, active: true, type: "NORMAL", ...user };
}

function serviceAccount(id: number, name: string, displayName: string, note: string): Account {
  return account({ id, name, displayName, note, emailAddress: "", password: "", type: "SERVICE" });
}

/** The accounts, by the names that tests and documents use. */
export const sandboxAccounts = {
  jane: account({
    id: 101,
    name: "jcitizen",
    displayName: "Jane Citizen",
    emailAddress: "jane.citizen@fernwood.example",
    password: "Lantern-River-42",
    note: "Main account: reads most projects, writes Data Platform, administers Web Shop / storefront",
  }),
  zoe: account({
    id: 102,
    name: "zlindqvist",
    displayName: "Zoë Lindqvist",
    emailAddress: "zoe.lindqvist@fernwood.example",
    password: "Grüße-aus-Malmö-7",
    note: "Accents in the display name and in the password; administers Payments",
  }),
  omar: account({
    id: 103,
    name: "omar.haddad@fernwood.example",
    displayName: "Omar Haddad",
    emailAddress: "omar.haddad@fernwood.example",
    password: "Copper-Kite-19",
    allowance: { settings: { capacity: 600, fillRate: 50 } },
    note: "The name is an e-mail address, so name and slug differ; writes Web Shop and Open Source",
  }),
  ana: account({
    id: 104,
    name: "avasquez",
    displayName: "Ana Vásquez",
    emailAddress: "ana.vasquez@fernwood.example",
    password: "Marble-Orchard-88",
    allowance: { whitelisted: true },
    note: "Administers every project of the company",
  }),
  tam: account({
    id: 105,
    name: "tnguyen",
    displayName: "Tam Nguyen",
    emailAddress: "tam.nguyen@fernwood.example",
    password: "First-Morning-01",
    note: "New here: signs in, but was given no project and no repository",
  }),
  remi: account({
    id: 106,
    name: "rmoreau",
    displayName: "Rémi Moreau",
    emailAddress: "remi.moreau@fernwood.example",
    password: "Old-Harbour-77",
    active: false,
    note: "Left the company: the account is inactive",
  }),
  dataProjectService: serviceAccount(
    201,
    "access-key-data",
    "Access key of project DATA",
    "Behind the project key of DATA",
  ),
  ledgerService: serviceAccount(
    202,
    "access-key-pay-ledger",
    "Access key of repository PAY/ledger",
    "Behind the repository key of PAY/ledger",
  ),
} satisfies Record<string, Account>;

function key(name: string, owner: Account, level: Level, note: string, more: Partial<ApiKey> = {}): ApiKey {
  return {
    name,
    ...deriveApiKey(name),
    account: owner,
    scope: { kind: "user" },
    level,
    state: "live",
    ageDays: 70,
    expiryDays: 365,
    note,
    ...more,
  };
}

const { jane, zoe, omar, ana, tam, remi, dataProjectService, ledgerService } = sandboxAccounts;

/** The API keys, by the names that tests and documents use. */
export const sandboxKeys = {
  janeWrite: key("janeWrite", jane, "WRITE", "User key of Jane, up to write"),
  janeRead: key("janeRead", jane, "READ", "User key of Jane, read only, ends in 20 days", { expiryDays: 90 }),
  zoeAdmin: key("zoeAdmin", zoe, "ADMIN", "User key of Zoë, up to administration, without an end", {
    expiryDays: null,
  }),
  zoeOlder: key("zoeOlder", zoe, "READ", "User key of Zoë in the older shape, without a prefix", {
    ...deriveApiKey("zoeOlder", "older"),
    expiryDays: 90,
  }),
  omarWrite: key("omarWrite", omar, "WRITE", "User key of Omar, whose name is an e-mail address"),
  anaAdmin: key("anaAdmin", ana, "ADMIN", "User key of Ana, who administers every project; no rate limit"),
  tamRead: key("tamRead", tam, "READ", "Works, but sees no project or repository"),
  projectData: key("projectData", dataProjectService, "WRITE", "Project key of DATA, Bearer only", {
    scope: { kind: "project", project: "DATA" },
  }),
  repositoryLedger: key(
    "repositoryLedger",
    ledgerService,
    "READ",
    "Repository key of PAY/ledger, Bearer only",
    {
      scope: { kind: "repository", project: "PAY", repository: "ledger" },
    },
  ),
  janeExpired: key("janeExpired", jane, "READ", "User key of Jane, expired", {
    state: "expired",
    expiryDays: 30,
  }),
  janeRevoked: key("janeRevoked", jane, "READ", "User key of Jane, revoked", { state: "revoked" }),
  remiInactive: key("remiInactive", remi, "READ", "User key of an inactive account"),
} satisfies Record<string, ApiKey>;

export const allAccounts: readonly Account[] = Object.values(sandboxAccounts);
export const allKeys: readonly ApiKey[] = Object.values(sandboxKeys);
