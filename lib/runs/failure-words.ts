import { connectorOf } from "@/lib/connectors/registry";
import { type Told, told } from "./told";
import type { RunFacts, RunSummary } from "./types";

const unreachable = "The server could not be reached";
const goesOnReading = " The run goes on from where it stopped.";
const goesOnSending = " The next run sends what is held.";

/** Why a run failed, what to do, and who has to. */
export function tellFailure({ kind, reason, facts }: RunSummary): Told {
  const failure = failureIn(facts);
  const isReading = kind === "read";
  const noun = isReading ? "source" : "destination";
  const owner = `the ${noun}'s owner` as const;
  const verb = isReading ? "read" : "write";
  const goesOn = isReading ? goesOnReading : kind === "write" ? goesOnSending : "";
  switch (reason) {
    case "nothing-chosen":
      return told(`Nothing was chosen to ${verb}.`, `Edit the ${noun} and choose what to ${verb}.`, owner);
    case "input-deleted":
      return told(
        "The data source or file that its records come from was deleted.",
        "Edit the destination and choose where its records come from.",
        owner,
      );
    case "input-lost":
      return told(
        "The destination's owner may not see the source that its records come from any more.",
        `Have that source shared again, or choose other records.${goesOn}`,
        owner,
      );
    case "mapping-broken":
      return told(
        facts.words
          ? `The records have changed since they were mapped: ${facts.words}`
          : "The records have lost a column that the mapping uses.",
        "Edit the destination and choose another value there.",
        owner,
      );
    case "not-switched-on":
      return told(
        "The switch that allows this action is off.",
        "Edit the destination and turn it on, then look at a dry run.",
        owner,
      );
    case "settings-changed":
      return told(
        "What it writes, or where its records come from, was changed during the run.",
        "Run it again: it goes on with the records that were not sent.",
        owner,
      );
    case "owner-disabled":
      return told(
        `The account of the ${noun}'s owner is disabled.`,
        `A portal administrator can enable it, or another user can create the ${noun} again.`,
        "the portal's administrator",
      );
    case "credential-deleted":
      return told(`The ${noun} has no credential any more.`, "Choose another credential.", owner);
    case "credential-lost":
      return told(
        `The ${noun}'s owner may not use its credential any more.`,
        `Have the credential shared again, or choose another one.${goesOn}`,
        owner,
      );
    case "credential-suspended":
      return told(
        "The account of the credential's owner is disabled, so it cannot be used.",
        "Choose another credential, or ask the portal's administrator.",
        "the portal's administrator",
      );
    case "credential-refused":
      return told(
        failure ? `${failure.title}.` : "The server refused the credential.",
        `${failure?.cure ?? "Replace the secret."} Then press Run now.${goesOn}`,
        failure?.whose ?? "the credential's owner",
      );
    case "credential-held-back":
      return told(
        "Nothing was sent: the server has refused this credential, or its account, before.",
        `Replace the secret, or check the credential.${goesOn}`,
        "the credential's owner",
      );
    case "unreachable":
      return told(
        failure && failure.title !== unreachable ? `${unreachable}. ${failure.title}.` : `${unreachable}.`,
        failure?.cure ?? "Try again when the server answers.",
        failure?.whose ?? "your network",
      );
    case "server-fails":
      return told(
        `The server answered with errors.${failure ? ` ${failure.title}.` : ""}`,
        failure?.cure ?? "Try again later, or ask your Bitbucket administrator.",
        failure?.whose ?? "your Bitbucket administrator",
      );
    case "server-refuses":
      return facts.words
        ? told(
            `The server refused the request: ${facts.words}`,
            `Correct what is ${isReading ? "read" : "written"}, then run it again.`,
            owner,
          )
        : told(
            failure ? `${failure.title}.` : "The server refused the request.",
            failure?.cure ?? `Check what is ${isReading ? "read" : "written"}, then run it again.`,
            failure?.whose ?? owner,
          );
    case "not-available":
      return told(
        "This server's version does not have it.",
        `Choose something else to ${verb}, or have the server updated.`,
        "your Bitbucket administrator",
      );
    case "records-not-found":
      return told(
        "The server’s answer has no records at the place that “Where the records are” names.",
        "Edit the source and correct that field; its preview shows what the server answers.",
        owner,
      );
    default:
      return told(
        `Something went wrong on our side. ${isReading ? "What had been read" : "What was sent"} stays.`,
        `Run it again; if it stays, tell the portal's administrator${facts.number ? ` the number ${facts.number}` : ""}.`,
        "the portal's administrator",
      );
  }
}

const theCredentialsOwner = "the credential's owner" as const;

function failureIn({ failure, kind, scheme }: RunFacts) {
  if (!failure || !kind) return null;
  const described = connectorOf(kind).describeFailure(
    { kind: "failed", step: "bitbucket", reason: failure, steps: [] },
    { scheme: scheme ?? "bearer", keyInUsernameField: false },
  );
  // A check speaks to the user who typed the credential; a run's page is read by others, too.
  return described.whose === "you" ? { ...described, whose: theCredentialsOwner } : described;
}

/** What failed at the server, in the words of a check; null if nothing did. */
export function titleOfFailure(facts: RunFacts): string | null {
  return failureIn(facts)?.title ?? null;
}
