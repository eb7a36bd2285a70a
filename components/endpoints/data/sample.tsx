import { cardStyle } from "@/components/ui/card";
import { Notice } from "@/components/ui/notice";
import type { JsonObject } from "@/lib/connectors/stream-reader";
import type { Stream } from "@/lib/connectors/streams";
import type { ShownPreview } from "@/lib/endpoints/data-step-types";
import type { Preview } from "@/lib/reading/preview";
import { countOf } from "@/lib/text/count-of";
import { cellText, columnsOf } from "./cell-text";
import { EstimateInWords } from "./estimate-in-words";

type Props = { stream: Stream; preview: ShownPreview };

/** What a preview has found: an estimate, and the records as a table and as JSON. */
export function Sample({ stream, preview }: Props) {
  return (
    <section id="sample" aria-labelledby="sample-heading" className="flex scroll-mt-6 flex-col gap-3">
      <h2 id="sample-heading" className="text-lg font-semibold">
        Preview
      </h2>
      {preview.ok ? (
        <Found stream={stream} preview={preview.preview} />
      ) : (
        <Notice kind="bad" role="alert" title={preview.failure.title}>
          {preview.failure.cure}
        </Notice>
      )}
    </section>
  );
}

function Found({ stream, preview }: { stream: Stream; preview: Preview }) {
  const { records, estimate, calls, unusable, unreadable } = preview;
  return (
    <div className={cardStyle("flex min-w-0 flex-col gap-5")}>
      <EstimateInWords estimate={estimate} />
      {unreadable.length > 0 && (
        <Notice kind="warn" title="The account may not read some of these">
          <p>{unreadable.join(", ")}. A run skips them and names each.</p>
        </Notice>
      )}
      {unusable > 0 && (
        <Notice kind="warn" title={`${countOf(unusable, "record")} without a key`}>
          <p>A run leaves them out. In a manual request, correct “Key field”, or leave it empty.</p>
        </Notice>
      )}
      {records.length === 0 ? (
        unusable === 0 && (
          <p role="status" className="text-muted">
            No records in the first {calls === 1 ? "request" : `${calls} requests`}. A run looks everywhere in
            the scope.
          </p>
        )
      ) : (
        <>
          <SampleTable stream={stream} records={records} />
          <details>
            <summary className="cursor-pointer py-1 text-sm font-medium">JSON</summary>
            <pre
              // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it
              tabIndex={0}
              className="mt-2 max-h-96 overflow-auto rounded-xl border border-line bg-sunken p-4 text-xs"
            >
              {JSON.stringify(records, null, 2)}
            </pre>
          </details>
        </>
      )}
      <p className="text-sm text-muted">
        Read with {calls === 1 ? "one request" : `${calls} requests`}. Nothing of it is stored.
      </p>
    </div>
  );
}

function SampleTable({ stream, records }: { stream: Stream; records: readonly JsonObject[] }) {
  const columns = columnsOf(stream, records);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a scrolling frame around the table, which carries the name
    <div
      role="group"
      aria-label="Sample, scrolls sideways"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it
      tabIndex={0}
      className="-mx-5 max-h-128 overflow-auto border-y border-line sm:-mx-6"
    >
      <table aria-label="Sample" className="min-w-full text-sm">
        <thead className="sticky top-0 bg-sunken text-left">
          <tr>
            {columns.map(({ name, type }) => (
              <th key={name} scope="col" className="px-4 py-2 align-top font-medium whitespace-nowrap">
                {name}
                <span className="block text-xs font-normal text-muted">{type}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {records.map((record, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the list never changes, and records need not have a key
            <tr key={index}>
              {columns.map((column) => (
                <td key={column.name} className="max-w-80 truncate px-4 py-1.5 align-top whitespace-nowrap">
                  {cellText(record[column.name])}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
