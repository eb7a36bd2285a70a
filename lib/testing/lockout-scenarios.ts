import { encode } from "next-auth/jwt";
import { sandboxAccounts } from "@/e2e/sandbox/accounts";
import { type Sandbox, startSandbox } from "@/e2e/sandbox/start";
import type { Actor } from "@/lib/actor";
import { openSession } from "@/lib/auth/sessions";
import { addCredentialAction, checkCredentialAction } from "@/lib/credentials/actions";
import { addCredential } from "@/lib/credentials/mutations";
import type { Db } from "@/lib/db/types";
import { env } from "@/lib/env";
import { portalKeys } from "@/lib/portal/keys";
import { Secret } from "@/lib/secret";
import { baseUrlAt } from "@/lib/testing/base-url";
import { somebody } from "./actors";
import { aCredential, ownerOfCredentials } from "./credentials";
import { ownDatabaseOfTwo } from "./database";
import { inRequest } from "./request";

/** A user who is signed in by a cookie, as in a browser. */
export type Tester = { readonly actor: Actor; readonly cookie: string };
/** A user with a stored credential of Jane's account. */
export type Owner = { readonly user: Tester; readonly credentialId: string };
export type LockoutFixture = Awaited<ReturnType<typeof startLockoutFixture>>;

const holder: typeof globalThis & { latchkeyDatabase?: Promise<Db> } = globalThis;
const { jane } = sandboxAccounts;

/** For database tests: a sandbox that locks accounts, the portal's actions in two processes, and users who press its buttons. */
export async function startLockoutFixture() {
  const sandbox = await startSandbox();
  const processes = await ownDatabaseOfTwo();
  const [db] = processes;
  holder.latchkeyDatabase = Promise.resolve(db);
  await ownerOfCredentials(db);
  return { sandbox, processes, ...usersOf(db, sandbox), failures: () => failuresAt(sandbox) };
}

function usersOf(db: Db, sandbox: Sandbox) {
  async function signIn(): Promise<Tester> {
    const actor = await somebody(db);
    const sid = await openSession(db, actor.userId);
    return { actor, cookie: await encode({ token: { sid }, secret: portalKeys().authSecret }) };
  }

  /** Stores Jane's account, unchecked, as this user's credential. */
  function store({ actor }: Tester, name: string, password: string): Promise<string> {
    const signInWith = { scheme: "basic", username: jane.name, password: Secret.of(password) } as const;
    const unchecked = { name, baseUrl: baseUrlAt(sandbox.url("/")), signIn: signInWith, outcome: null };
    return addCredential(db, actor, aCredential(unchecked));
  }

  async function ownerWith(password: string): Promise<Owner> {
    const user = await signIn();
    return { user, credentialId: await store(user, "Of Jane", password) };
  }

  /** Ten users, each with a stored credential of Jane's account and a wrong password. */
  function tenUsers(passwordOf: (index: number) => string): Promise<Owner[]> {
    return Promise.all(Array.from({ length: 10 }, (_, index) => ownerWith(passwordOf(index))));
  }

  function pressSave(by: Tester, name: string, password: string) {
    const typed = { name, description: "", baseUrl: sandbox.url("/"), username: jane.name, password };
    return press(by, addCredentialAction, typed);
  }

  return { signIn, store, ownerWith, tenUsers, pressSave, pressCheck };
}

/** Presses Check now, or Try again if given a token. */
function pressCheck({ user, credentialId }: Owner, tryAgainToken?: string | null) {
  const fields = { credentialId, ...(tryAgainToken ? { tryAgainToken } : {}) };
  return press(user, checkCredentialAction, fields);
}

/** Presses a button: the whole pipeline of a server action, with origin, session, limits and schema. */
function press(
  { cookie }: Tester,
  action: typeof addCredentialAction | typeof checkCredentialAction,
  fields: Record<string, string>,
) {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  return inRequest({ cookie, origin: env().APP_ORIGIN }, () => action(null, form));
}

/** The sign-ins that the server refused. */
function failuresAt(sandbox: Sandbox) {
  return sandbox.journal().filter(({ signInAttempt, outcome }) => signInAttempt && outcome !== "accepted");
}
