import { Badge } from "@/components/ui/badge";
import { Section } from "@/components/ui/card";
import { Detail } from "@/components/ui/detail";
import { TimeAgo } from "@/components/ui/time-ago";
import type { JsonObject } from "@/lib/connectors/stream-reader";
import { cellText } from "@/lib/datasets/cell-text";
import type { DeliveryDetails as Details } from "@/lib/deliveries/types";
import type { RunSummary } from "@/lib/runs/types";
import { visibleJson } from "@/lib/text/visible-json";
import { ExactCall } from "./exact-call";
import { ProblemList } from "./problem-list";
import { resultLook } from "./result-looks";
import { ServerLink } from "./server-link";

type Props = {
  delivery: Details;
  kind: RunSummary["kind"];
  labels: ReadonlyMap<string, string>;
  now: string;
};

const longestValue = 10_000;

/** One record of a run: its result, what was sent or would be, and from which values. */
export function DeliveryDetails({ delivery, kind, labels, now }: Props) {
  const { result, record, status, link, at, tries, values, input, requests, answer } = delivery;
  const isDry = kind === "dry-run";
  return (
    <div className="flex min-w-0 flex-col gap-6">
      <Section title="Result">
        <div>
          <Badge {...resultLook(result, kind)} />
        </div>
        <ProblemList problems={delivery.problems} cure={delivery.cure} labels={labels} />
        <dl className="grid grid-cols-1 gap-4 sm:grid-cols-3">
          <Detail name="Record">
            <bdi className="wrap-anywhere">{record}</bdi>
          </Detail>
          {status !== null && <Detail name="Status of the server">{status}</Detail>}
          {tries > 0 && <Detail name="Tries">{tries}</Detail>}
          {at && (
            <Detail name="Time">
              <TimeAgo at={at} now={now} />
            </Detail>
          )}
          {link && (
            <Detail name="On the server">
              <ServerLink href={link}>Open</ServerLink>
            </Detail>
          )}
        </dl>
      </Section>
      <Section title={requests.length > 1 ? "Exact requests" : "Exact request"}>
        {requests.length === 0 ? (
          <p className="text-sm text-muted">
            {isDry ? "Nothing would be sent for this record." : "Nothing was sent for this record."}
          </p>
        ) : (
          requests.map((call, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the same call may be made twice, and the list never changes
            <ExactCall key={index} call={call} />
          ))
        )}
      </Section>
      <div className="grid grid-cols-1 items-start gap-6 lg:grid-cols-2">
        <ValueList title="Values" values={values} labels={labels} empty="Its values could not be made." />
        <ValueList title="Record’s columns" values={input} empty="The mapping uses no column." />
      </div>
      {answer && (
        <Section title="Kept from the server’s answer">
          <pre className="overflow-x-auto rounded-lg bg-sunken p-4 text-xs wrap-anywhere whitespace-pre-wrap">
            {visibleJson(JSON.stringify(answer, null, 2))}
          </pre>
        </Section>
      )}
    </div>
  );
}

type ListProps = { title: string; values: JsonObject; labels?: ReadonlyMap<string, string>; empty: string };

function ValueList({ title, values, labels, empty }: ListProps) {
  const entries = Object.entries(values);
  return (
    <Section title={title}>
      {entries.length === 0 ? (
        <p className="text-sm text-muted">{empty}</p>
      ) : (
        <dl className="grid gap-4">
          {entries.map(([name, value]) => (
            <Detail key={name} name={labels?.get(name) ?? name}>
              <Value text={cellText(value, "text", longestValue)} />
            </Detail>
          ))}
        </dl>
      )}
    </Section>
  );
}

function Value({ text }: { text: string | null }) {
  if (text === null) return <span className="text-muted">no value</span>;
  return <bdi className="whitespace-pre-wrap wrap-anywhere">{text}</bdi>;
}
