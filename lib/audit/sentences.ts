import { countOf } from "@/lib/text/count-of";
import { checkInWords, reasonInWords, verdictInWords } from "./check-words";
import { endpointAdded, endpointEdited, renamed } from "./edit-sentences";
import { accountSays, proposalSays } from "./entry-sentences";
import { keySentences } from "./key-sentences";
import { isEventKind } from "./kinds";
import { runSays } from "./run-sentences";
import { secretSentences } from "./secret-sentences";
import {
  type DetailsOf,
  ended,
  type Named,
  quote,
  type Says,
  type Sentence,
  teamRole,
} from "./sentence-parts";
import { serverSentences } from "./server-sentences";

/** Each event's sentence, besides actor and subject. The compiler requires each kind. */
const says: Says = {
  "user.signed-up": ({ role, invitationId }) => [
    `The account is ${portalRole(role)}'s${invitationId ? ", made with an invitation" : ""}.`,
  ],
  "user.signed-in": () => ["A session began."],
  "user.sign-in-failed": (details) => {
    // Earlier versions wrote one event per failure, without a number.
    const count = "count" in details ? (details.count ?? 1) : 1;
    const addresses = "addresses" in details ? (details.addresses ?? 1) : 1;
    return [
      details.reason === "rate-limited"
        ? `After too many attempts, ${count === 1 ? "one more was" : `${count} more were`} turned away`
        : `Email or password was not right${count === 1 ? "" : ` in ${count} attempts`}`,
      addresses === 1 ? "." : `, from ${addresses} addresses.`,
    ];
  },
  "user.signed-out": () => ["The session ended."],
  "user.renamed": ({ name }) => ["The name is ", quote(name), " now."],
  "user.password-changed": ({ endedSessions }) => [`${ended(endedSessions, "other session")}.`],
  "user.password-change-failed": ({ reason }) => [
    reason === "rate-limited"
      ? "After too many attempts, further ones were turned away for a while."
      : "The current password was not right.",
  ],
  "user.sessions-ended": ({ which, endedSessions }) => [
    `${ended(endedSessions, which === "others" ? "other session" : "session")}${which === "all" ? ", in every browser" : ""}.`,
  ],
  ...accountSays,
  "user.disabled": ({ endedSessions }) => [
    `The person can no longer sign in, and what they own is stopped. ${ended(endedSessions, "session")}.`,
  ],
  "user.enabled": () => ["The person can sign in again, and what they own goes on."],
  "user.restored": ({ restoredSessions: count }) => [
    `The account is as it was before it was disabled${count > 0 ? `; ${countOf(count, "session")} alive again` : ""}.`,
  ],
  "user.role-changed": ({ role, endedSessions }) => [
    `The person is ${portalRole(role)} now. ${ended(endedSessions, "session")}.`,
  ],

  "invitation.added": ({ teamId, opensSignUp, days }, named) => [
    "A link ",
    ...leadingTo(teamId, named),
    `${opensSignUp ? ", also for a new account," : ""} that works once, within ${days === 1 ? "a day" : `${days} days`}.`,
  ],
  "invitation.revoked": ({ teamId }, named) => ["The link ", ...leadingTo(teamId, named), " works no more."],
  "invitation.declined": ({ teamId }, named) => [
    "Someone with the link ",
    ...leadingTo(teamId, named),
    " turned it down.",
  ],
  "team.added": ({ name }) => ["It is called ", quote(name), "."],
  "team.edited": ({ name }) => ["Name or description was changed; it is called ", quote(name), " now."],
  "team.deleted": ({ name }) => ["It was called ", quote(name), "; its members left it."],
  "team.member-added": ({ userId, role, invitationId }, named) => [
    named(userId),
    ` is ${teamRole(role)} of the team now${invitationId ? ", by an invitation" : ""}.`,
  ],
  "team.member-removed": ({ userId }, named) => [named(userId), " was taken out of the team."],
  "team.member-left": ({ userId }, named) => [named(userId), " left the team."],
  "team.member-restored": ({ userId, role }, named) => [
    named(userId),
    ` is ${teamRole(role)} of the team again; the end of it was undone.`,
  ],
  "team.role-changed": ({ userId, role }, named) => [named(userId), ` is ${teamRole(role)} of the team now.`],
  ...proposalSays,

  "credential.added": ({ name, baseUrl, method, verdict }) => [
    quote(name),
    " was stored for ",
    quote(baseUrl),
    `, with ${methods[method]}. ${verdictInWords(verdict)}`,
  ],
  "credential.edited": ({ fields, name, previousName }) => renamed(fields, name, previousName),
  ...secretSentences,
  "credential.deleted": ({ name, baseUrl }) => [
    quote(name),
    " for ",
    quote(baseUrl),
    " is gone with its secret.",
  ],
  "credential.refused": ({ baseUrl, reason }) => [
    "What was typed for ",
    quote(baseUrl),
    reason === "check-only"
      ? " was only checked, and accepted."
      : reason === "not-stored"
        ? " was accepted there, and could not be stored here."
        : [" was not stored.", ...reasonInWords(reason)].join(" "),
  ],
  "credential.checked": ({ verdict, reason }) => [checkInWords(verdict, reason)],
  "credential.check-not-kept": ({ verdict, reason }) => [
    `${checkInWords(verdict, reason)} The answer was not kept: the right had ended, or the credential was changed or gone.`,
  ],
  "credential.tried-again": ({ baseUrl }) => [
    "One more sign-in was let go to ",
    quote(baseUrl),
    ", which had refused the last one.",
  ],
  "credential.sent-past-front": ({ baseUrl }) => [
    "The credential was let go to ",
    quote(baseUrl),
    ", past what turns visitors away there.",
  ],
  "credential.key-end-set": ({ keyExpiresOn }) => [
    keyExpiresOn === null
      ? "The day on which the API key ends was taken away."
      : `The API key ends on ${keyExpiresOn}.`,
  ],
  "credential.shared": shared,
  "credential.role-changed": roleChanged,
  "credential.access-confirmed": confirmed,
  "credential.unshared": unshared,
  "credential.access-restored": restored,
  "credential.left": left,
  "credential.handover-offered": ({ toName }) => [
    "It was offered to ",
    quote(toName),
    ", who has to accept.",
  ],
  "credential.handover-withdrawn": ({ toUserId }, named) => [
    "The offer to ",
    named(toUserId),
    " was taken back.",
  ],
  "credential.handover-declined": ({ toUserId }, named) => [named(toUserId), " declined the offer."],
  "credential.handed-over": (details) => {
    const { fromName, toName, name, nameBefore } = details;
    return [
      quote(toName),
      " owns it now instead of ",
      quote(fromName),
      ...(name === nameBefore
        ? ["."]
        : [", and calls it ", quote(name), " instead of ", quote(nameBefore), "."]),
      ...("isPreviousDeleted" in details ? [" The previous secret that was kept is deleted."] : []),
    ];
  },

  "flow.added": endpointAdded,
  "flow.edited": endpointEdited,
  "flow.paused": ({ direction, name }) => [
    `Nothing runs the data ${direction} `,
    quote(name),
    " until it is activated.",
  ],
  "flow.activated": ({ direction, name }) => [`The data ${direction} `, quote(name), " may run again."],
  "flow.deleted": ({ direction, name, credentialId }, named) => [
    `The data ${direction} `,
    quote(name),
    ...(credentialId === null
      ? [" is gone."]
      : [", which used the credential ", named(credentialId), ", is gone."]),
  ],
  "flow.credential-deleted": ({ direction, name }) => [
    `The data ${direction} `,
    quote(name),
    " had stopped when its owner lost the right to its credential, which is deleted now.",
  ],
  "flow.shared": shared,
  "flow.role-changed": roleChanged,
  "flow.access-confirmed": confirmed,
  "flow.unshared": unshared,
  "flow.access-restored": restored,
  "flow.left": left,

  ...runSays,
  ...serverSentences,
  ...keySentences,
  "audit.exported": ({ format, narrowed }) => [
    `${narrowed ? "A part of the log" : "All of the log"} was taken away as ${format.toUpperCase()}.`,
  ],
};

/**
 * An event's sentence, besides actor and subject; null if this version has no words for it: an unknown kind, or a
 * missing field that its sentence needs today.
 */
export function sentenceOf(
  event: string,
  details: Readonly<Record<string, unknown>>,
  nameOf: (id: string) => string | undefined,
): Sentence | null {
  if (!isEventKind(event)) return null;
  // Only recordEvent writes them, with the fields of its kind.
  const say = says[event] as (details: unknown, named: Named) => Sentence;
  try {
    return say(complete(details), (id) => quote(nameOf(id) ?? id));
  } catch (error) {
    if (error instanceof MissingField) return null;
    throw error;
  }
}

class MissingField extends Error {}

// The log also holds events of earlier versions. Half a sentence would be worse than none.
function complete(details: object): object {
  return new Proxy(details, {
    get: (fields, name) => {
      if (!Object.hasOwn(fields, name)) throw new MissingField(String(name));
      return Reflect.get(fields, name);
    },
  });
}

/** A sentence as plain text. */
export function plainText(sentence: Sentence): string {
  return sentence.map((part) => (typeof part === "string" ? part : `“${part.quoted}”`)).join("");
}

type Grant = DetailsOf<"credential.shared">;

const methods = { password: "a password", "api-key": "an API key" };

function portalRole(role: "administrator" | "member"): string {
  return role === "administrator" ? "a portal administrator" : "a member";
}

function leadingTo(teamId: string | null, named: Named): Sentence {
  return teamId === null ? ["into the portal"] : ["into the team ", named(teamId)];
}

function granteeOf({ holder, holderName }: Grant): Sentence {
  return holder === "team" ? ["The team ", quote(holderName)] : [quote(holderName)];
}

function shared(grant: Grant): Sentence {
  return [...granteeOf(grant), ` has access now, as ${grant.role}.`];
}

function roleChanged(grant: DetailsOf<"credential.role-changed">): Sentence {
  return [...granteeOf(grant), ` is ${grant.role} now instead of ${grant.roleBefore}.`];
}

function confirmed(grant: DetailsOf<"credential.access-confirmed">): Sentence {
  return [
    ...granteeOf(grant),
    ` keeps the access as ${grant.role}, which `,
    quote(grant.givenBefore),
    " had given.",
  ];
}

function restored(grant: Grant): Sentence {
  return [...granteeOf(grant), ` has the access as ${grant.role} again; its end was undone.`];
}

function unshared(grant: Grant): Sentence {
  return [...granteeOf(grant), ` has no more access as ${grant.role}.`];
}

function left(grant: Grant): Sentence {
  return [...granteeOf(grant), ` gave up the access as ${grant.role}.`];
}
