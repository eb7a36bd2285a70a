import { whomToAsk } from "@/lib/credentials/checks/whom-to-ask";
import { mayOnCredential } from "@/lib/credentials/policy";
import { mayOnEndpoint } from "@/lib/endpoints/policy";
import type { EndpointSummary, RefusedAs, StopReason } from "@/lib/endpoints/types";
import { credentialPath, credentialPaths, endpointPaths } from "@/lib/paths";

/** Why a source or destination does not run, in words for one reader. */
export type HeldInWords = {
  readonly title: string;
  readonly cure: string;
  /** The cure in one short sentence, for a button that does nothing meanwhile. */
  readonly short: string;
  /** Where this reader can mend it. */
  readonly links: readonly { readonly href: string; readonly label: string }[];
};

type Words = Omit<HeldInWords, "links">;

/** Why a source or destination does not run now, whoever presses; null if nothing is known against it. A pause apart. */
export function heldInWords(endpoint: EndpointSummary): HeldInWords | null {
  const { id, direction, role, stopped, refused, credential } = endpoint;
  if (!stopped && !refused) return null;
  const mayEdit = mayOnEndpoint(role, "edit");
  const other = { href: endpointPaths(direction, id).edit, label: "Choose another credential" };
  if (stopped) {
    // With a disabled owner no other credential helps.
    return { ...stops[stopped](endpoint), links: mayEdit && stopped !== "owner-disabled" ? [other] : [] };
  }
  if (!refused) return null;
  const isReplaced = refused !== "locked" && mayOnCredential(credential?.role ?? null, "replaceSecret");
  const mends = !credential
    ? []
    : isReplaced
      ? [{ href: credentialPaths(credential.id).replaceSecret, label: "Replace secret" }]
      : [{ href: credentialPath(credential.id), label: "Look at the credential" }];
  return { ...refusedInWords(refused, endpoint), links: mayEdit ? [...mends, other] : mends };
}

const chooser = ({ role, ownerName }: EndpointSummary) =>
  mayOnEndpoint(role, "edit") ? "choose another credential" : `ask ${ownerName} to choose another credential`;

const stops: Record<StopReason, (endpoint: EndpointSummary) => Words> = {
  "owner-disabled": ({ direction, ownerName }) => ({
    title: `The account of ${ownerName} is disabled`,
    cure: `A data ${direction} runs as its owner, so this one does not run until a portal administrator enables the account again. To go on without it, make one of your own.`,
    short: `Stopped: ask a portal administrator to enable the account of ${ownerName}.`,
  }),
  "credential-deleted": (endpoint) => ({
    title: "The credential was deleted",
    cure: `It was no longer shared with ${endpoint.role === "owner" ? "you" : endpoint.ownerName} when its owner deleted it. This data ${endpoint.direction} does not run until another credential is chosen.`,
    short: `Stopped: ${chooser(endpoint)}.`,
  }),
  "credential-lost": (endpoint) => ({
    ...(endpoint.role === "owner"
      ? {
          title: "The credential is no longer shared with you",
          cure: `This data ${endpoint.direction} does not run until you choose another credential, or it is shared with you again.`,
        }
      : {
          title: `${endpoint.ownerName} may no longer use the credential`,
          cure: `This data ${endpoint.direction} does not run until another credential is chosen, or the credential is shared with its owner again.`,
        }),
    short: `Stopped: ${chooser(endpoint)}.`,
  }),
  "credential-suspended": (endpoint) => ({
    title: "The credential is suspended",
    cure: `The account of the credential's owner is disabled, so nobody uses it. This data ${endpoint.direction} does not run until another credential is chosen, or a portal administrator enables the account again.`,
    short: `Stopped: ${chooser(endpoint)}, or ask a portal administrator.`,
  }),
};

const titles: Record<RefusedAs, string> = {
  rejected: "The server refused the credential",
  locked: "The server has locked the credential’s account",
  ended: "The credential’s API key has ended",
};

function refusedInWords(refused: RefusedAs, endpoint: EndpointSummary): Words {
  const { direction, credential, ownerName } = endpoint;
  const isLocked = refused === "locked";
  const until = isLocked
    ? "somebody signs in there in a browser and checks the credential again"
    : "the credential’s secret is replaced";
  const mayMend = mayOnCredential(credential?.role ?? null, "replaceSecret");
  const whom = credential ? whomToAsk({ ownerName: credential.ownerName, isSuspended: false }) : ownerName;
  const own = isLocked
    ? "sign in there in a browser and check the credential again"
    : "replace the credential’s secret";
  const asked = credential ? own : "have the credential mended";
  const day = refused === "ended" && mayMend ? " Or correct the day on its page." : "";
  const ask = mayMend ? "" : ` Ask ${whom} to ${asked}.`;
  return {
    title: titles[refused],
    cure: `This data ${direction} cannot sign in until ${until}, or another credential is chosen.${ask}${day}`,
    short: `Stopped: ${mayMend ? own : `ask ${whom} to ${asked}`}.`,
  };
}
