import { buttonStyle } from "@/components/ui/buttons";
import { cardStyle } from "@/components/ui/card";
import { Icon } from "@/components/ui/icon";
import { Notice } from "@/components/ui/notice";
import type { DestinationStep, ShownInput } from "@/lib/destinations/types";
import { countOf } from "@/lib/text/count-of";

/** The id of the form that takes a file: it stands beside the step's own form, because forms do not nest. */
export const uploadFormId = "upload-form";

/** The uploaded file, and the control that takes another one. */
export function FilePanel({ state }: { state: DestinationStep }) {
  const { input, refusedFile } = state;
  const isRefused = refusedFile !== null;
  return (
    <div className={cardStyle("flex flex-col gap-4")}>
      {refusedFile && <RefusedFile refused={refusedFile} />}
      {input && <ChosenFile input={input} />}
      <div className="flex flex-col gap-1.5">
        <label htmlFor="upload-file" className="text-sm font-medium">
          {input ? "Another file" : "File"}
        </label>
        <input
          type="file"
          id="upload-file"
          name="file"
          form={uploadFormId}
          accept=".csv,.tsv,.ndjson,.jsonl,.json,text/csv,application/json"
          aria-invalid={isRefused ? true : undefined}
          aria-describedby={isRefused ? "upload-refused upload-hint" : "upload-hint"}
          className="w-full min-w-0 rounded-lg border border-line-strong/60 bg-surface px-3 py-2 text-sm file:mr-3 file:rounded-md file:border-0 file:bg-sunken file:px-3 file:py-1 file:text-ink"
        />
        <p id="upload-hint" className="text-xs text-muted">
          CSV with a header, NDJSON, or a JSON array of objects; at most 200 MB. A file with a bad line is
          refused as a whole.
        </p>
      </div>
      <button type="submit" form={uploadFormId} className={buttonStyle("secondary", "self-start")}>
        Upload
      </button>
    </div>
  );
}

function ChosenFile({ input: { ref, name, records, columns, notes } }: { input: ShownInput }) {
  return (
    <div className="flex gap-3">
      <Icon name="file-text" className="mt-0.5 size-5 shrink-0 text-accent" />
      <div className="min-w-0">
        <p className="font-medium break-words">
          <bdi>{name}</bdi>
        </p>
        <p className="text-sm text-muted">
          {countOf(records, "record")} · {countOf(columns.length, "column")}
        </p>
        {notes !== null && notes.formulas > 0 && (
          <p className="text-sm text-warn">
            {countOf(notes.formulas, "value")} that a spreadsheet would run as a formula. Sent as they are, as
            text.
          </p>
        )}
      </div>
      <input type="hidden" name="upload" value={ref.id} />
    </div>
  );
}

function RefusedFile({ refused }: { refused: NonNullable<DestinationStep["refusedFile"]> }) {
  if (refused === "no-file") {
    return (
      <div id="upload-refused">
        <Notice kind="bad" role="alert" title="Choose a file first" />
      </div>
    );
  }
  return (
    <div id="upload-refused">
      <Notice kind="bad" role="alert" title={`“${refused.name}” was refused, and nothing of it is kept`}>
        <p>{refused.message}</p>
        {refused.lines.length > 0 && (
          <ul className="flex flex-col gap-1">
            {refused.lines.map(({ line, message }) => (
              <li key={`${line} ${message}`}>
                Line {line}: {message}
              </li>
            ))}
          </ul>
        )}
      </Notice>
    </div>
  );
}
