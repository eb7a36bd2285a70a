import { type ServerSupport, supportTableDate } from "@/lib/connectors/bitbucket-server/server-support";
import type { CheckedAllowance, KeyKind } from "@/lib/connectors/types";

const numberFormat = new Intl.NumberFormat("en");

const keyKinds: Record<KeyKind, string> = {
  user: "A user's API key",
  project: "API key of a project, by what it may do",
  repository: "API key of a repository, by what it may do",
};

/** What an API key belongs to; null if its rights leave that open. */
export function keyKindInWords(kind: KeyKind | null): string {
  return kind === null ? "Not known: what it may do leaves that open." : keyKinds[kind];
}

/** The server's rate limit for the account. */
export function allowanceInWords(allowance: CheckedAllowance | null): string {
  if (allowance === null) return "The server does not tell.";
  if (allowance.kind === "unlimited") return "Not limited";
  return `${numberFormat.format(allowance.atOnce)} at once, then ${numberFormat.format(allowance.perSecond)} per second`;
}

/** Until when Atlassian supports the server's version, what to upgrade to, and the date of that information. */
export function SupportInWords({ support }: { support: ServerSupport }) {
  return (
    <>
      <End support={support} /> <Goal support={support} />
      <span className="block">
        Support dates as of <PlainDate day={supportTableDate} />.
      </span>
    </>
  );
}

function End({ support }: { support: ServerSupport }) {
  if (support.state === "unknown") return "How long Atlassian supports this version is not known here.";
  if (support.state === "newer") return "This version is newer than the support dates known here.";
  if (support.lastDay === null) return "Atlassian no longer supports this version.";
  return (
    <>
      Atlassian's support {support.state === "ended" ? "ended on" : "lasts until"}{" "}
      <PlainDate day={support.lastDay} />.
    </>
  );
}

const monthFormat = new Intl.DateTimeFormat("en", { month: "long", year: "numeric", timeZone: "UTC" });

function Goal({ support }: { support: ServerSupport }) {
  if (support.state === "unknown" || support.state === "newer" || support.goal === null) return null;
  const { version, lastDay } = support.goal;
  return (
    <>
      Upgrade to {version} LTS, supported to{" "}
      <time dateTime={lastDay}>{monthFormat.format(new Date(lastDay))}</time>.
    </>
  );
}

const dayFormat = new Intl.DateTimeFormat("en", { dateStyle: "medium", timeZone: "UTC" });

/** A date without a time zone, such as a last day of support; `day` is an ISO date. */
export function PlainDate({ day }: { day: string }) {
  return (
    <time dateTime={day} className="whitespace-nowrap">
      {dayFormat.format(new Date(day))}
    </time>
  );
}
