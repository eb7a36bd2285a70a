import { PlainDate } from "@/components/credentials/details-in-words";
import { AccountPicture } from "@/components/ui/avatar";
import { CalendarDate } from "@/components/ui/calendar-date";
import { CopyButton } from "@/components/ui/copy-button";
import { Detail } from "@/components/ui/detail";
import { boundOf, rightsInWords, whatIsCounted } from "@/lib/connectors/bitbucket-server/access-in-words";
import { durationInWords } from "@/lib/connectors/bitbucket-server/step-words";
import type { KeyEnd, LatestCheckDetails } from "@/lib/credentials/checks/types";
import { allowanceInWords, keyKindInWords, SupportInWords } from "./details-in-words";

type Props = {
  details: LatestCheckDetails;
  /** The credential's page; the avatar's address begins with it. */
  path: string;
  baseUrl: string;
};

/** What a successful check found, for a `dl`: the account, the server, the rights and the end date. */
export function CheckDetails({ details, path, baseUrl }: Props) {
  const { account, server, access, keyEnd } = details;
  const name = account.displayName ?? account.name;
  const isLongTerm = "isLongTerm" in server.support && server.support.isLongTerm;
  return (
    <>
      <Detail name="Account">
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
      </Detail>
      {details.method === "api-key" && (
        <>
          <Detail name="Kind of key">{keyKindInWords(details.keyKind)}</Detail>
          <Detail name="Key ends">
            <KeyEndInWords end={keyEnd} />
          </Detail>
        </>
      )}
      <Detail name="Server">
        <span className="flex items-start gap-1">
          <span className="min-w-0 break-all">{baseUrl}</span>
          <CopyButton isSmall text={baseUrl} what="the server's address" />
        </span>
        <span className="block">
          Bitbucket {server.version}
          {isLongTerm && " LTS"}
        </span>
        <span className="block text-sm text-muted">
          <SupportInWords support={server.support} />
        </span>
      </Detail>
      {access && (
        <Detail name="Rights">
          <span className="block">Repositories: {rightsInWords(access)}</span>
          {access.projectRights && (
            <span className="block">Whole projects: {rightsInWords(access.projectRights)}</span>
          )}
          <span className="block text-sm text-muted">
            {access.readable && whatIsCounted} {boundOf(access)}
          </span>
        </Detail>
      )}
      <Detail name="Request allowance">{allowanceInWords(details.allowance)}</Detail>
      {details.roundTripMs !== null && (
        <Detail name="Time to answer">{durationInWords(details.roundTripMs)}</Detail>
      )}
      {details.certificateEndsAt && (
        <Detail name="Certificate ends">
          <CalendarDate at={details.certificateEndsAt} />
        </Detail>
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
