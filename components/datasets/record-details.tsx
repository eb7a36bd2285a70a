import { Section } from "@/components/ui/card";
import { Detail } from "@/components/ui/detail";
import { Notice } from "@/components/ui/notice";
import { TimeAgo } from "@/components/ui/time-ago";
import type { Column } from "@/lib/connectors/streams";
import { cellText } from "@/lib/datasets/cell-text";
import type { RecordDetails as Details } from "@/lib/datasets/types";
import { runPath } from "@/lib/paths";
import { grouped } from "@/lib/text/count-of";
import { visibleJson } from "@/lib/text/visible-json";

type Props = { sourceId: string; record: Details; columns: readonly Column[]; now: string };

const longestValue = 10_000;

/** One record: its values by column, its exact JSON, and when it changed. */
export function RecordDetails({ sourceId, record, columns, now }: Props) {
  return (
    <div className="flex min-w-0 flex-col gap-6">
      {record.deletedAt !== null && (
        <Notice kind="warn" title="Deleted on the server">
          <p>
            A run found it gone <TimeAgo at={record.deletedAt} now={now} />. These are its last values.
          </p>
        </Notice>
      )}
      <Section title="Values">
        <dl className="grid gap-4 sm:grid-cols-2">
          {columns.map(({ name, type }) => (
            <Detail key={name} name={name}>
              <Value text={cellText(record.data[name], type, longestValue)} />
            </Detail>
          ))}
          <Detail name="Change number">{grouped(record.seq)}</Detail>
          <Detail name="Changed">
            <TimeAgo at={record.changedAt} now={now} />, by{" "}
            {record.runId === null ? (
              "a run that is not kept any more"
            ) : (
              <a
                href={runPath("source", sourceId, record.runId)}
                className="inline-block py-0.5 underline underline-offset-4"
              >
                this run
              </a>
            )}
          </Detail>
        </dl>
      </Section>
      <Section title="JSON">
        <pre
          // biome-ignore lint/a11y/noNoninteractiveTabindex: without it, the keyboard cannot scroll the text
          tabIndex={0}
          className="max-h-[32rem] overflow-auto rounded-lg bg-sunken p-4 text-xs"
        >
          {visibleJson(record.json)}
        </pre>
      </Section>
    </div>
  );
}

function Value({ text }: { text: string | null }) {
  if (text === null) return <span className="text-muted">no value</span>;
  return <bdi className="whitespace-pre-wrap wrap-anywhere">{text}</bdi>;
}
