import { Detail } from "@/components/ui/detail";
import { Link } from "@/components/ui/link";
import { TimeAgo } from "@/components/ui/time-ago";
import { actionLabel, findAction } from "@/lib/connectors/action-catalogues";
import { describeSchedule } from "@/lib/endpoints/schedule";
import type { EndpointInput, EndpointSummary } from "@/lib/endpoints/types";
import type { MatchKey, WritingSettings } from "@/lib/mapping/types";
import { endpointPath } from "@/lib/paths";
import { countOf } from "@/lib/text/count-of";
import { nextInWords } from "./next-in-words";

type Props = { endpoint: EndpointSummary; writing: WritingSettings; now: Date };

/** What a destination writes, from where, and when. */
export function WriteDetails({ endpoint, writing, now }: Props) {
  const danger = findAction(endpoint.connector, writing.action)?.danger;
  return (
    <>
      <Detail name="What is written">
        <span className="font-medium">{actionLabel(writing.action)}</span>
        {danger && (
          <span className="block text-sm text-muted">
            {writing.allows.includes(danger)
              ? "Each run is confirmed after a dry run."
              : "Switched off: turn it on under Edit."}
          </span>
        )}
      </Detail>
      <Detail name="Records from">
        <InputInWords input={endpoint.input} />
      </Detail>
      <Detail name="Match key">
        <span className="wrap-anywhere">{matchKeyInWords(endpoint, writing.matchKey)}</span>
      </Detail>
      <ScheduleDetail endpoint={endpoint} now={now} />
    </>
  );
}

function InputInWords({ input }: { input: EndpointInput | null }) {
  if (!input) return <span className="text-muted">deleted; choose others under Edit</span>;
  if (input.kind === "upload") {
    return (
      <>
        <bdi className="wrap-anywhere">{input.name}</bdi>
        <span className="block text-sm text-muted">A file with {countOf(input.records, "record")}</span>
      </>
    );
  }
  if (input.name === null)
    return <span className="text-muted">a data source that is not shared with you</span>;
  return (
    <Link
      href={endpointPath("source", input.id)}
      className="underline decoration-line-strong underline-offset-4 wrap-anywhere hover:decoration-current"
    >
      {input.name}
    </Link>
  );
}

function matchKeyInWords({ connector, writing }: EndpointSummary, matchKey: MatchKey): string {
  if (matchKey.kind === "record") return "the record’s own key";
  if (matchKey.kind === "column") return `the column “${matchKey.column}”`;
  const fields = writing ? (findAction(connector, writing.action)?.fields ?? []) : [];
  return matchKey.fields.map((name) => fields.find((field) => field.name === name)?.label ?? name).join(", ");
}

/** When a source or destination runs. */
export function ScheduleDetail({ endpoint, now }: Omit<Props, "writing">) {
  const { text, at, after } = nextInWords(endpoint);
  return (
    <Detail name="Schedule">
      {describeSchedule(endpoint.schedule)}
      <span className="block text-sm text-muted">
        {text}
        {at && (
          <>
            {" "}
            <TimeAgo at={at} now={now.toISOString()} />
          </>
        )}
        {after}
      </span>
    </Detail>
  );
}
