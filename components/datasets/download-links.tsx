import { buttonStyle } from "@/components/ui/buttons";
import { Section } from "@/components/ui/card";
import { Icon } from "@/components/ui/icon";
import { downloadFormats } from "@/lib/datasets/download/request";
import { downloadPath } from "@/lib/datasets/paths";
import type { DatasetSummary } from "@/lib/datasets/types";
import { countOf, grouped } from "@/lib/text/count-of";

const labels: Readonly<Record<(typeof downloadFormats)[number], string>> = {
  ndjson: "NDJSON",
  csv: "CSV",
  json: "JSON",
  parquet: "Parquet",
};

/** Plain links to the downloads, and how a program follows the data set. */
export function DownloadLinks({ sourceId, newest, records, deleted }: DatasetSummary) {
  const search = deleted === 0 ? "" : "?deleted=include";
  return (
    <Section
      title="Download"
      aside={`${countOf(records, "record")} · newest change number ${grouped(newest)}`}
    >
      <ul className="flex flex-wrap gap-2">
        {downloadFormats.map((format) => (
          <li key={format}>
            <a download href={downloadPath(sourceId, format)} className={buttonStyle("secondary")}>
              <Icon name="download" className="size-4" />
              {labels[format]}
            </a>
          </li>
        ))}
      </ul>
      {deleted > 0 && (
        <p className="text-sm text-muted">
          With the {grouped(deleted)} deleted on the server, marked in <code>_deleted_at</code>:{" "}
          {downloadFormats.map((format, index) => (
            <span key={format}>
              {index > 0 && ", "}
              <a
                download
                href={downloadPath(sourceId, format, search)}
                className="inline-block py-0.5 underline underline-offset-4"
              >
                {labels[format]}
              </a>
            </span>
          ))}
          .
        </p>
      )}
      <details className="text-sm text-muted">
        <summary className="min-h-6 cursor-pointer">For programs that follow this data set</summary>
        <p className="mt-2">
          What changed after a download, deleted ones included:{" "}
          <code className="wrap-anywhere">{downloadPath(sourceId, "ndjson", `?after=${newest}`)}</code>. Each
          download names its newest change number in the header <code>X-Latchkey-Newest</code>; the next one
          goes on from there. A download that breaks off does not end like a whole one.
        </p>
      </details>
    </Section>
  );
}
