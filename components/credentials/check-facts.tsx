import { PlainDate } from "@/components/credentials/facts-in-words";
import { CalendarDate } from "@/components/ui/calendar-date";
import { Fact } from "@/components/ui/fact";
import { boundOf, rightsInWords } from "@/lib/connectors/bitbucket-server/access-in-words";
import { durationInWords } from "@/lib/connectors/bitbucket-server/rung-words";
import type { KeyEnd, ProvenFacts } from "@/lib/credentials/checks/types";
import { allowanceInWords, keyKindInWords, SupportInWords } from "./facts-in-words";
import { AccountPicture } from "./server-account";

type Props = {
  facts: ProvenFacts;
  /** The credential's page, below which its account's picture is. */
  path: string;
  baseUrl: string;
};

/** What a good check brought back, for a `dl`: as whom, on which server, with which rights, until when. */
export function CheckFacts({ facts, path, baseUrl }: Props) {
  const { account, server, access, keyEnd } = facts;
  const name = account.displayName ?? account.name;
  const isLongTerm = "isLongTerm" in server.support && server.support.isLongTerm;
  return (
    <>
      <Fact name="Account">
        <span className="flex items-start gap-3">
          <AccountPicture src={account.hasAvatar ? `${path}/avatar` : null} name={name ?? "?"} />
          <span className="min-w-0">
            <span className="block break-words">{name ?? "Not named by the server"}</span>
            <span className="block text-sm break-words text-muted">
              {account.displayName && account.name}
              {account.active === false && <span className="text-warn"> · inactive</span>}
            </span>
          </span>
        </span>
      </Fact>
      {facts.method === "api-key" && (
        <>
          <Fact name="Kind of key">{keyKindInWords(facts.keyKind)}</Fact>
          <Fact name="Key ends">
            <KeyEndInWords end={keyEnd} />
          </Fact>
        </>
      )}
      <Fact name="Server">
        <span className="block break-all">{baseUrl}</span>
        <span className="block">
          Bitbucket {server.version}
          {isLongTerm && " LTS"}
        </span>
        <span className="block text-sm text-muted">
          <SupportInWords support={server.support} />
        </span>
      </Fact>
      {access && (
        <Fact name="Rights">
          <span className="block">Repositories: {rightsInWords(access)}</span>
          {access.projectRights && (
            <span className="block">Whole projects: {rightsInWords(access.projectRights)}</span>
          )}
          <span className="block text-sm text-muted">{boundOf(access)}</span>
        </Fact>
      )}
      <Fact name="Request allowance">{allowanceInWords(facts.allowance)}</Fact>
      {facts.roundTripMs !== null && <Fact name="Time to answer">{durationInWords(facts.roundTripMs)}</Fact>}
      {facts.certificateEndsAt && (
        <Fact name="Certificate ends">
          <CalendarDate at={facts.certificateEndsAt} />
        </Fact>
      )}
    </>
  );
}

function KeyEndInWords({ end }: { end: KeyEnd | null }) {
  if (end === null) return "Not known: Bitbucket does not tell it to a key.";
  if (end.saidBy === "server") return <CalendarDate at={end.at} />;
  return (
    <>
      <PlainDate day={end.day} /> <span className="text-sm text-muted">as entered here</span>
    </>
  );
}
