import { PlainDate } from "@/components/ui/plain-date";
import { type ServerSupport, supportTableDate } from "@/lib/connectors/bitbucket-server/server-support";

/** How long Atlassian supports the server's version, what to upgrade to when it ends, and as of when that is known. */
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

const month = new Intl.DateTimeFormat("en", { month: "long", year: "numeric", timeZone: "UTC" });

function Goal({ support }: { support: ServerSupport }) {
  if (support.state === "unknown" || support.state === "newer" || support.goal === null) return null;
  const { version, lastDay } = support.goal;
  return (
    <>
      Upgrade to {version} LTS, supported to <time dateTime={lastDay}>{month.format(new Date(lastDay))}</time>
      .
    </>
  );
}
