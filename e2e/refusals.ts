import type { fieldLabels, Typed } from "./page-objects";
import { freePort } from "./portal";
import { sandboxAccounts, sandboxKeys } from "./sandbox/accounts";
import { deriveApiKey } from "./sandbox/api-key";
import type { Sandbox } from "./sandbox/start";

/** One way in which Save is refused. */
export type RefusalCase = {
  /** What is wrong, as part of a test's title. */
  what: string;
  /** The differences from a right credential for the healthy server. */
  typed: (sandbox: Sandbox) => Partial<Typed> | Promise<Partial<Typed>>;
  /** The field that shows the text, or null for the whole form. */
  at: keyof typeof fieldLabels | null;
  words: string;
  /** Says nothing about the credential and passes by itself, so saving without a check is offered. */
  passes?: true;
  arrange?: (sandbox: Sandbox) => Promise<void> | void;
};

const { jane } = sandboxAccounts;
const unknownKey = deriveApiKey("nobody's").value;
const instance = (path: string) => (sandbox: Sandbox) => ({ baseUrl: sandbox.url(path) });

/** A right credential for the healthy server, the basis of every refusal. */
export function rightCredential(sandbox: Sandbox): Required<Typed> {
  return {
    name: "Fernwood",
    description: "For the nightly import",
    baseUrl: sandbox.url("/"),
    username: jane.name,
    password: jane.password,
  };
}

/** Signs in with a wrong password until the account requires a CAPTCHA. */
export async function lockJane(sandbox: Sandbox): Promise<void> {
  const authorization = `Basic ${Buffer.from(`${jane.name}:wrong`).toString("base64")}`;
  for (let failures = 0; failures < 5; failures += 1) {
    await fetch(`${sandbox.url("/")}/rest/api/1.0/users`, { headers: { authorization } });
  }
}

/** Invalid fields. */
const typedWrong: RefusalCase[] = [
  {
    what: "a name that is empty",
    typed: () => ({ name: " " }),
    at: "name",
    words: "A credential needs a name.",
  },
  {
    what: "an address that is empty",
    typed: () => ({ baseUrl: "" }),
    at: "baseUrl",
    words: "Enter the server's address, for example https://bitbucket.example.com.",
  },
  {
    what: "a user name that is empty",
    typed: () => ({ username: "" }),
    at: "username",
    words: "Enter a user name or an API key.",
  },
  {
    what: "a user name without a password",
    typed: () => ({ password: "" }),
    at: "password",
    words: "Enter the password. If you meant an API key, put the whole key in the first field.",
  },
  {
    what: "an ftp:// address",
    typed: () => ({ baseUrl: "ftp://bitbucket.example.com" }),
    at: "baseUrl",
    words: "Bitbucket Server is reached over https. The address should begin with https://.",
  },
  {
    what: "not a url",
    typed: () => ({ baseUrl: "not a url" }),
    at: "baseUrl",
    words: "This is not an address. It should look like https://bitbucket.example.com.",
  },
  {
    what: "Bitbucket Cloud",
    typed: () => ({ baseUrl: "https://bitbucket.org/team" }),
    at: "baseUrl",
    words: "This is Bitbucket Cloud. This connector is for Bitbucket Server",
  },
];

/** Reasons why the portal cannot ask the server. */
const notReached: RefusalCase[] = [
  {
    what: "a host that does not exist",
    typed: () => ({ baseUrl: "https://bitbucket.invalid" }),
    at: "baseUrl",
    words: "The server's name could not be found. Check the spelling.",
    passes: true,
  },
  {
    what: "a closed port",
    typed: async () => ({ baseUrl: `http://localhost:${await freePort()}` }),
    at: "baseUrl",
    words: "The server could not be reached. Check host and port.",
    passes: true,
  },
  {
    what: "a server that does not answer in time",
    typed: instance("/slow"),
    arrange: (sandbox) => sandbox.set("/slow", { delayMs: 60_000 }),
    at: "baseUrl",
    words: "The server took too long to answer. Try again in a moment.",
    passes: true,
  },
  {
    what: "a server that is starting",
    typed: instance("/starting"),
    at: null,
    words: "Bitbucket is not ready yet",
    passes: true,
  },
  {
    what: "a server under maintenance",
    typed: instance("/in-maintenance"),
    at: null,
    words: "Bitbucket is under maintenance",
    passes: true,
  },
  {
    what: "a server that is asked too often (429)",
    typed: instance("/busy"),
    at: null,
    words: "Too many requests for this account",
    passes: true,
  },
  {
    what: "a gateway that reports a fault (502)",
    typed: instance("/broken"),
    at: null,
    words: "The server reports a fault of its own",
    passes: true,
  },
];

/** Servers that respond but are not a Bitbucket Server. */
const somethingElse: RefusalCase[] = [
  {
    what: "an ordinary HTML page",
    typed: instance("/website"),
    at: "baseUrl",
    words: "There is no Bitbucket Server at this address. Something answers, but not Bitbucket.",
  },
  {
    what: "a company sign-in page in front",
    typed: instance("/sso"),
    at: "baseUrl",
    words: "A sign-in page or another address answers first.",
  },
  {
    what: "a firewall that denies every request",
    typed: instance("/front-waf"),
    at: "baseUrl",
    words: "Something in front of Bitbucket refuses the portal. A proxy, a firewall or a company sign-in",
  },
  {
    what: "a sign-in page in front of the REST API alone",
    typed: instance("/sso-page"),
    at: "baseUrl",
    words: "A sign-in page answers in place of Bitbucket.",
  },
  {
    what: "Jira",
    typed: instance("/jira"),
    at: "baseUrl",
    words: "This is another Atlassian product.",
  },
];

/** Refusals of the credential by the server. */
const notAccepted: RefusalCase[] = [
  {
    what: "a wrong password",
    typed: () => ({ password: "not Jane's password" }),
    at: "password",
    words: "User name or password is not right. Check both and try once more.",
  },
  {
    what: "an unknown key in the first field",
    typed: () => ({ username: unknownKey, password: "" }),
    at: "username",
    words: "The API key was not accepted. It may have expired, been revoked or been copied in part",
  },
  {
    what: "an unknown key as the password",
    typed: () => ({ password: unknownKey }),
    at: "password",
    words: "The API key was not accepted. It may have expired, been revoked or been copied in part",
  },
  {
    what: "a revoked key in both fields",
    typed: () => ({ username: sandboxKeys.janeRevoked.value, password: sandboxKeys.janeRevoked.value }),
    at: "username",
    words: "The API key was not accepted.",
  },
  {
    what: "an account that is locked after five failures, though the password is right",
    typed: () => ({}),
    arrange: lockJane,
    at: "username",
    words: "Bitbucket has locked this account. After several failed attempts it wants a CAPTCHA.",
  },
  {
    what: "a server where passwords are switched off",
    typed: instance("/ten"),
    at: "password",
    words:
      "This server does not take passwords. Signing in with user name and password is switched off there.",
  },
  {
    what: "a server that wants a key, and says so with a message of its own",
    typed: instance("/key-wanted"),
    at: "password",
    words: "This server does not take passwords.",
  },
  {
    what: "a password that has expired",
    typed: instance("/password-expired"),
    at: "password",
    words: "The password has expired. Sign in to Bitbucket in the browser and choose a new one",
  },
  {
    what: "an account that is deactivated",
    typed: instance("/deactivated"),
    at: "username",
    words: "The account is deactivated.",
  },
  {
    what: "a user directory that cannot be asked",
    typed: instance("/directory-down"),
    at: null,
    words: "Bitbucket cannot ask its user directory",
    passes: true,
  },
  {
    what: "a proxy that signs every caller in as its own account",
    typed: instance("/signs-in-all"),
    at: "username",
    words: "The server signs every visitor in as the same account.",
  },
  {
    what: "a proxy that removes the Authorization header",
    typed: instance("/ignores"),
    at: "username",
    words: "The server did not look at the credential.",
  },
];

/** Every refusal that a user can get with the sandbox, grouped by cause. */
export const refusalGroups: readonly { what: string; refusals: readonly RefusalCase[] }[] = [
  { what: "invalid fields", refusals: typedWrong },
  { what: "servers that cannot be asked", refusals: notReached },
  { what: "servers that are not a Bitbucket Server", refusals: somethingElse },
  { what: "refusals by the server", refusals: notAccepted },
];
