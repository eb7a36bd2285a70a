import {
  credentialPath,
  credentialsPath,
  type Direction,
  endpointPath,
  runPath,
  teamNewsPath,
  teamPath,
  transferPath,
} from "@/lib/paths";
import { countOf } from "@/lib/text/count-of";
import type { EndingStage, News, NewsKind, SharedWithTeam } from "./news";

/** A message in words: one sentence, what to do, and the page for it. */
export type MessageWords = {
  readonly title: string;
  readonly cure: string;
  readonly link: { readonly href: string; readonly label: string } | null;
};

/** The pages that a message may lead to; null for an item that is gone or that the reader may not see. */
export type MessagePlaces = Readonly<Record<"credentialId" | "endpointId" | "teamId", string | null>>;

type WordsOf = { readonly [Kind in NewsKind]: (news: NewsOf<Kind>, at: MessagePlaces) => MessageWords };
type NewsOf<Kind extends NewsKind> = News & { readonly kind: Kind };

/** A message in words for its reader, for the inbox, e-mails and webhooks alike. */
export function messageInWords(news: News, at: MessagePlaces): MessageWords {
  // The compiler cannot tell that the function found by a kind takes news of that kind.
  const say = says[news.kind] as (news: News, at: MessagePlaces) => MessageWords;
  return say(news, at);
}

const toAccount = { href: "/account", label: "Your account" };
const toCredentials = { href: credentialsPath, label: "Your credentials" };
const toCredential = ({ credentialId: id }: MessagePlaces) =>
  id === null ? null : { href: credentialPath(id), label: "Look at the credential" };

const toEndpoint = (direction: Direction, id: string | null) =>
  id === null ? null : { href: endpointPath(direction, id), label: `Look at the ${direction}` };

const says: WordsOf = {
  "credential-rejected": ({ name, server }, at) => ({
    title: `${server} refused the secret of the credential “${name}”`,
    cure: "Its sources and destinations stop until the secret is replaced.",
    link: toCredential(at),
  }),
  "credential-locked": ({ name, server }, at) => ({
    title: `${server} locked the account of the credential “${name}”`,
    cure: "Sign in to the server in a browser, solve its CAPTCHA, and then check the credential.",
    link: toCredential(at),
  }),
  "key-ends": ({ name, server, at: end, stage }, at) => ({
    title: `The API key of the credential “${name}” for ${server} ${endInWords(stage, end)}`,
    cure: "Make a new key on the server, and replace the secret.",
    link: toCredential(at),
  }),
  "server-unreachable": ({ server }) => ({
    title: `${server} cannot be reached`,
    cure: "Nothing to do for your credentials: they are checked again by themselves. Ask the server's administrators.",
    link: toCredentials,
  }),
  "server-back": ({ server, since }) => ({
    title: `${server} can be reached again`,
    cure: `It was away since ${since.slice(0, 16).replace("T", " ")} UTC.`,
    link: toCredentials,
  }),
  "certificate-ends": ({ server, at, stage }) => ({
    title: `The certificate of ${server} ${endInWords(stage, at)}`,
    cure: "Without a new one, nothing can be read or written there. Ask the server's administrators.",
    link: toCredentials,
  }),
  "run-failed": (news, at) => ofRun(news, at, "failed", "Its page says why, and what to do."),
  "run-incomplete": (news, at) => ofRun(news, at, "left parts out", "Its page names them, and says why."),
  "endpoint-paused": ({ name, direction, failures }, { endpointId: id }) => ({
    title: `The ${direction} “${name}” paused itself`,
    cure: `Its last ${failures} runs failed. Look at the last one, mend what it names, and activate the ${direction} again.`,
    link: toEndpoint(direction, id),
  }),
  shared: (news, at) => {
    if (news.item === "team") return ofMembership(news, at);
    const { item, name, by, team, role } = news;
    return {
      title: `${by} shared the ${item} “${name}” with ${team === null ? "you" : `your team “${team}”`}`,
      cure: `Your role on it: ${role}.`,
      link: item === "credential" ? toCredential(at) : toEndpoint(item, at.endpointId),
    };
  },
  unshared: ({ item, name, by, team }) => ({
    title:
      item === "team"
        ? `${by} removed you from the team “${name}”`
        : `${by} took back ${team === null ? "your access" : `the access of your team “${team}”`} to the ${item} “${name}”`,
    cure: curesOfUnshared[item],
    link: null,
  }),
  "ownership-offered": ({ name, by }, { credentialId: id }) => ({
    title: `${by} offers you the ownership of the credential “${name}”`,
    cure: "Nothing changes until you accept it.",
    link: id === null ? null : { href: transferPath(id), label: "Look at the offer" },
  }),
  "webhook-stopped": ({ host, why, team, channel }) => ({
    title: `${channel === "email" ? `The e-mail address of your team “${team.name}”` : team ? `The webhook of your team “${team.name}”` : "Your webhook"} at ${host} was stopped: ${
      why === "gone" ? "the receiver said that it is gone" : "for five days, nothing arrived"
    }`,
    cure:
      channel === "email"
        ? "Nothing is mailed there any more. Check that the address takes e-mails, and add it again."
        : "Nothing is sent there any more. Mend the receiver, and add the webhook again.",
    link: { href: team ? teamNewsPath(team.id) : "/account/notifications", label: "Notifications" },
  }),
  "new-sign-in": ({ browser }) => ({
    title: `New sign-in to your account: ${browser ?? "unknown browser"}`,
    cure: "If it was not you, end that session and change your password.",
    link: toAccount,
  }),
  "password-changed": ({ how }) => ({
    title: how === "by-link" ? "Your password was set by a reset link" : "Your password was changed",
    cure: "If it was not you, ask a portal administrator for a reset link at once.",
    link: toAccount,
  }),
};

function ofMembership(
  { name, by, role, shares }: NewsOf<"shared"> & { readonly item: "team" },
  { teamId }: MessagePlaces,
): MessageWords {
  const link = teamId === null ? null : { href: teamPath(teamId), label: "Look at the team" };
  if (shares === undefined) {
    const cure = `Your role in it: ${role}. You can use again what you could use through it.`;
    return { title: `${by} took you back into the team “${name}”`, cure, link };
  }
  return {
    title: `${by} added you to the team “${name}”`,
    cure: `Your role in it: ${role}. ${seen(shares)}`,
    link,
  };
}

function seen({ credentials, sources, destinations }: SharedWithTeam): string {
  const parts = [
    credentials > 0 && countOf(credentials, "credential"),
    sources > 0 && countOf(sources, "data source"),
    destinations > 0 && countOf(destinations, "data destination"),
  ].filter((part) => part !== false);
  if (parts.length === 0) return "Nothing is shared with it yet.";
  const last = parts.pop();
  return `You can see now what is shared with it: ${parts.length > 0 ? `${parts.join(", ")} and ${last}` : last}.`;
}

const curesOfUnshared = {
  team: "What you could use through this team alone, you can use no more. If you still need it, ask an owner of the team.",
  credential:
    "Sources and destinations of yours that use it have stopped. Choose another credential for them, or ask its owner.",
  source:
    "Destinations of yours that write its records have stopped. Choose other records for them, or ask its owner.",
  destination: "If you still need it, ask its owner.",
};

function ofRun(
  { name, direction, runId }: NewsOf<"run-failed" | "run-incomplete">,
  { endpointId: id }: MessagePlaces,
  what: string,
  cure: string,
): MessageWords {
  const link = id === null ? null : { href: runPath(direction, id, runId), label: "Look at the run" };
  return { title: `A run of the ${direction} “${name}” ${what}`, cure, link };
}

function endInWords(stage: EndingStage, at: string): string {
  // An entered day counts until its end, so the instant is the next day's beginning.
  const day = new Date(Date.parse(at) - 1).toISOString().slice(0, 10);
  if (stage === 0) return `has ended, on ${day}`;
  return `ends within ${stage === 1 ? "a day" : `${stage} days`}, on ${day}`;
}
