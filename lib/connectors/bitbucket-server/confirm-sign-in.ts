import "server-only";
import type { SignIn } from "@/lib/connectors/types";
import { countUpTo, pageSchema } from "./access";
import type { Refused } from "./meaning";
import { isRefusedRight, type Questions } from "./questions";

/** `accountName` null: signed in, but the server names no account, as with the keys of some projects. */
export type Confirmed = { readonly kind: "signed-in"; readonly accountName: string | null } | Refused;

const api = "/rest/api/1.0";

/**
 * Finds out which account is signed in when the server named none. `/users` answers signed-in callers only. A key of
 * a project or repository may be refused there; it is then proven by what it may read with an explicit permission, or
 * by an answer where visitors get none.
 */
export async function confirmSignIn(questions: Questions, scheme: SignIn["scheme"]): Promise<Confirmed> {
  const users = await questions.askPatiently(`${api}/users`, { limit: 1 }, pageSchema);
  if (users.kind === "value" && users.accountName !== null) return signedIn(users.accountName);
  if (users.kind === "value")
    return (await isShownToVisitors(questions, "/users")) ? everybody : signedIn(null);
  if (users.kind === "unknown") return unreadable;
  const { refusal } = users;
  if (!isRefusedRight(refusal)) return refusal;
  if (refusal.accountName !== undefined) return signedIn(refusal.accountName);
  if (scheme === "basic") return ignored;
  for (const [path, permission] of [
    ["/repos", "REPO_READ"],
    ["/projects", "PROJECT_READ"],
  ] as const) {
    const counted = await countUpTo(questions.askPatiently, path, { limit: 1, permission });
    if (counted.kind === "refused" && !isRefusedRight(counted.refusal)) return counted.refusal;
    if (counted.kind === "counted" && counted.count > 0) return signedIn(counted.accountName);
  }
  const projects = await questions.askPatiently(`${api}/projects`, { limit: 1 }, pageSchema);
  if (projects.kind !== "value") return ignored;
  return (await isShownToVisitors(questions, "/projects")) ? notRecognised : signedIn(projects.accountName);
}

async function isShownToVisitors(questions: Questions, path: string): Promise<boolean> {
  const answer = await questions.askAsNobody(`${api}${path}?limit=1`, "application/json");
  return answer === null || answer.status === 200;
}

function signedIn(accountName: string | null): Confirmed {
  return { kind: "signed-in", accountName };
}

const ignored: Refused = { kind: "refused", reason: "CREDENTIAL_IGNORED" };
const unreadable: Refused = { kind: "refused", reason: "ANSWER_UNREADABLE" };
const everybody: Refused = { kind: "refused", reason: "EVERYBODY_SIGNED_IN" };
const notRecognised: Refused = { kind: "refused", reason: "KEY_NOT_RECOGNISED" };
