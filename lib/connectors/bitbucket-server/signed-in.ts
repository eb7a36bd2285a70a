import type { AnswerMeaning, StreamCall } from "@/lib/connectors/stream-reader";
import type { PageMeaning } from "./reading/answer-meaning";
import { readPage } from "./reading/page";

/** Answered to everybody who is signed in, and to nobody else; keys of projects may be refused. */
const membersOnly: StreamCall = { path: "/rest/api/1.0/users", query: { limit: 1 } };
/** Always empty for nobody. */
const ownRights: StreamCall = { path: "/rest/api/1.0/repos", query: { permission: "REPO_READ", limit: 1 } };

/**
 * Finds out whether the credential signs in at a server that does not name the account in its answers; asked until it
 * is proven, then never again. The proof is null if it does, else what its failure means.
 */
export function signInProof(
  ask: (call: StreamCall) => Promise<PageMeaning>,
): () => Promise<AnswerMeaning | null> {
  let isSignedIn = false;
  return async () => {
    if (isSignedIn) return null;
    let meaning = await ask(membersOnly);
    if (meaning.kind === "unclear" && meaning.ifSignedIn.kind === "skip") {
      const rights = await ask(ownRights);
      const isProven =
        rights.kind === "unclear" && rights.ifSignedIn.kind === "body" && hasItems(rights.ifSignedIn.body);
      meaning = isProven ? rights : { kind: "refused", reason: "CREDENTIAL_IGNORED" };
    }
    const isNamed = meaning.kind === "body" || meaning.kind === "skip";
    if (!isNamed && meaning.kind !== "unclear") return meaning;
    isSignedIn = true;
    return null;
  };
}

function hasItems(body: unknown): boolean {
  return (readPage(body, { start: 0 })?.items.length ?? 0) > 0;
}
