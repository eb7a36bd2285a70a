import type { IconName } from "@/components/ui/icon";
import { whomToAsk } from "@/lib/credentials/checks/whom-to-ask";
import { mayOnCredential } from "@/lib/credentials/policy";
import { endInWords } from "@/lib/credentials/shown-status";
import { mayOnEndpoint } from "@/lib/endpoints/policy";
import type { Need, NeedKind } from "@/lib/overview/types";
import { credentialPath, credentialPaths, endpointPaths, runPath, transferPath } from "@/lib/paths";

/** One entry of "Needs you" in words, and the button that does or opens its cure. */
export type NeedInWords = {
  readonly label: string;
  readonly text: string;
  readonly button: string;
  /** Null for the buttons that act at once: Activate, and the one that opens a share and takes its entry off. */
  readonly href: string | null;
};

type Look = { readonly icon: IconName; readonly tone: "bad" | "warn" | "plain" };

/** How each kind of need looks. */
export const needLooks: Readonly<Record<NeedKind, Look>> = {
  rejected: { icon: "circle-x", tone: "bad" },
  locked: { icon: "lock", tone: "bad" },
  ended: { icon: "calendar-x-2", tone: "bad" },
  "ends-soon": { icon: "calendar-clock", tone: "warn" },
  "run-failed": { icon: "circle-x", tone: "bad" },
  "run-incomplete": { icon: "triangle-alert", tone: "warn" },
  "paused-by-itself": { icon: "octagon-pause", tone: "bad" },
  "credential-lost": { icon: "circle-stop", tone: "bad" },
  offer: { icon: "hand-heart", tone: "plain" },
  proposal: { icon: "user-round-plus", tone: "plain" },
  shared: { icon: "share-2", tone: "plain" },
  certificate: { icon: "calendar-clock", tone: "warn" },
  unreachable: { icon: "cloud-off", tone: "warn" },
};

/** A need in words at `now` (ISO 8601). */
export function needInWords(need: Need, now: string): NeedInWords {
  switch (need.kind) {
    case "rejected":
    case "ended":
    case "ends-soon":
    case "locked":
      return credentialInWords(need, now);
    case "run-failed":
    case "run-incomplete":
    case "paused-by-itself":
      return runInWords(need);
    case "credential-lost":
      return {
        label: "Stopped",
        text: `Its credential is no longer shared with you, so this data ${need.direction} does not run.`,
        ...{ button: "Choose another credential", href: endpointPaths(need.direction, need.id).edit },
      };
    case "offer":
      return {
        label: "Ownership offered",
        text: `${need.byName} wants to hand this credential over to you.`,
        ...{ button: "Answer", href: transferPath(need.id) },
      };
    case "proposal":
      return {
        label: "Team proposal",
        text: `${need.byName} proposes ${need.userName} as ${need.role === "owner" ? "an owner" : "a member"} of your team.`,
        ...{ button: "Answer", href: `/teams/${encodeURIComponent(need.id)}` },
      };
    case "shared":
      return sharedInWords(need);
    case "certificate":
    case "unreachable":
      return serverInWords(need, now);
  }
}

type Of<Kind extends NeedKind> = Extract<Need, { kind: Kind }>;

function credentialInWords(
  need: Of<"rejected" | "ended" | "ends-soon" | "locked">,
  now: string,
): NeedInWords {
  const { kind, id, role, ownerName } = need;
  const look = { button: "Look at it", href: credentialPath(id) };
  const mayReplace = mayOnCredential(role, "replaceSecret");
  // Suspended credentials are not told here.
  const whom = whomToAsk({ ownerName, isSuspended: false });
  if (kind === "locked") {
    const turn = mayReplace
      ? "Sign in there in a browser, then check again."
      : `Ask ${whom} to sign in there in a browser and check it again.`;
    return { label: "Locked", text: `The server has locked the account. ${turn}`, ...look };
  }
  const cure = mayReplace ? { button: "Replace secret", href: credentialPaths(id).replaceSecret } : look;
  const ask = mayReplace ? "" : ` Ask ${whom} to replace its secret.`;
  if (kind === "rejected")
    return { label: "Rejected", text: `The server refused its secret.${ask}`, ...cure };
  if (kind === "ended") return { label: "Ended", text: `Its API key has ended.${ask}`, ...cure };
  return {
    label: capital(endInWords(need.at, now)),
    text: `Its API key signs in until then.${ask}`,
    ...cure,
  };
}

function runInWords(need: Of<"run-failed" | "run-incomplete" | "paused-by-itself">): NeedInWords {
  const { kind, direction, id, runId, role } = need;
  const look = { button: "Look at the run", href: runPath(direction, id, runId) };
  if (kind === "run-failed")
    return {
      label: "Run failed",
      text: `The latest run of this data ${direction} did not succeed.`,
      ...look,
    };
  if (kind === "run-incomplete")
    return {
      label: "Run incomplete",
      text: `The latest run of this data ${direction} left something out.`,
      ...look,
    };
  const text = `Its runs kept failing, so this data ${direction} runs no more by itself.`;
  const activate = mayOnEndpoint(role, "operate") ? { button: "Activate", href: null } : look;
  return { label: "Paused by itself", text, ...activate };
}

function sharedInWords({ thing, byName, role }: Of<"shared">): NeedInWords {
  const what = thing === "credential" ? thing : `data ${thing}`;
  return {
    label: "Shared with you",
    text: `${byName} shared this ${what}. You are ${role}.`,
    ...{ button: "Look at it", href: null },
  };
}

function serverInWords({ kind, name, at }: Of<"certificate" | "unreachable">, now: string): NeedInWords {
  const list = { button: "See its credentials", href: `/credentials?${new URLSearchParams({ q: name })}` };
  if (kind === "unreachable") {
    return { label: "Server unreachable", text: "Checks and runs wait until it answers.", ...list };
  }
  const hasEnded = Date.parse(at) <= Date.parse(now);
  return {
    label: `Certificate ${hasEnded ? "ended" : endInWords(at, now)}`,
    text: "Tell those who run the server: nothing connects to it without a valid certificate.",
    ...list,
  };
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
