import { Badge } from "@/components/ui/badge";
import { TitleLink } from "@/components/ui/list-links";
import { TimeAgo } from "@/components/ui/time-ago";
import type { Column } from "@/lib/connectors/streams";
import { cellText } from "@/lib/datasets/cell-text";
import { recordPath } from "@/lib/datasets/paths";
import type { RecordItem } from "@/lib/datasets/types";

type Props = {
  sourceId: string;
  columns: readonly Column[];
  records: readonly RecordItem[];
  now: string;
};

const longestCell = 120;
const head = "px-4 py-2.5 font-medium whitespace-nowrap";
const cell = "max-w-xs truncate px-4 py-2 align-top";

/** Records in their stream's columns. The table is wider than most screens, so it scrolls sideways, also by keyboard. */
export function RecordTable({ sourceId, columns, records, now }: Props) {
  return (
    <div className="flex min-w-0 flex-col gap-4">
      <section
        aria-label="Records, scrolling sideways"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: without it, the keyboard cannot scroll the table
        tabIndex={0}
        className="scroll-hint overflow-x-auto rounded-2xl border border-line shadow-rest [--ground:var(--color-surface)]"
      >
        <table aria-label="Records" className="w-full text-sm">
          <thead className="border-b border-line text-left text-muted">
            <tr>
              <th scope="col" className={head}>
                Key
              </th>
              {columns.map(({ name }) => (
                <th key={name} scope="col" className={head}>
                  {name}
                </th>
              ))}
              <th scope="col" className={head}>
                Changed
              </th>
            </tr>
          </thead>
          <tbody className="divide-y divide-line">
            {records.map((record) => (
              <tr key={record.key} className={record.deletedAt === null ? undefined : "text-muted"}>
                <th scope="row" className={`${cell} text-left font-normal max-sm:max-w-40`}>
                  <span className="flex items-center gap-2">
                    <TitleLink href={recordPath(sourceId, record.key)} className="min-w-16 truncate">
                      <bdi>{cellText(record.key, "text", 60)}</bdi>
                    </TitleLink>
                    {record.deletedAt !== null && <Badge tone="warn" icon="trash-2" label="deleted" />}
                  </span>
                </th>
                {columns.map(({ name, type }) => (
                  <Cell
                    key={name}
                    text={cellText(record.data[name], type, longestCell)}
                    isNumber={type === "int"}
                  />
                ))}
                <td className={`${cell} whitespace-nowrap text-muted`}>
                  <TimeAgo at={record.changedAt} now={now} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </div>
  );
}

function Cell({ text, isNumber }: { text: string | null; isNumber: boolean }) {
  if (text === null) return <td className={cell} />;
  return (
    <td className={isNumber ? `${cell} tabular-nums` : cell}>
      <bdi title={text.length > 30 ? text : undefined}>{text}</bdi>
    </td>
  );
}
