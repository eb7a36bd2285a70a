import { Section } from "@/components/ui/card";
import type { Column } from "@/lib/connectors/streams";
import { typeLabels } from "@/lib/datasets/columns";
import type { ColumnFill } from "@/lib/datasets/types";
import { grouped } from "@/lib/text/count-of";

type Props = { columns: readonly Column[]; fill: ColumnFill };

/** The columns of a data set: name, type, and the share of records with a value. */
export function ColumnTable({ columns, fill: { of, filled } }: Props) {
  return (
    <Section
      title="Columns"
      aside={of === 0 ? "No records yet" : `Filled: of the newest ${grouped(of)} records`}
    >
      <table aria-label="Columns" className="w-full text-left text-sm">
        <thead className="text-muted">
          <tr>
            <th scope="col" className="py-2 pr-4 font-medium">
              Name
            </th>
            <th scope="col" className="py-2 pr-4 font-medium">
              Type
            </th>
            <th scope="col" className="w-1/4 py-2 text-right font-medium">
              Filled
            </th>
          </tr>
        </thead>
        <tbody className="divide-y divide-line border-t border-line">
          {columns.map(({ name, type }) => (
            <tr key={name}>
              <th scope="row" className="py-2 pr-4 font-medium wrap-anywhere">
                {name}
              </th>
              <td className="py-2 pr-4 text-muted">{typeLabels[type]}</td>
              <td className="py-2 text-right tabular-nums">
                {of === 0 ? "–" : <Share share={(filled.get(name) ?? 0) / of} />}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="text-sm text-muted">
        Downloads begin with three more: <code>_key</code> (what tells records apart), <code>_seq</code> (the
        change number) and <code>_deleted_at</code> (empty while the record is on the server). What the server
        sends beyond these columns is in <code>extra</code>.
      </p>
    </Section>
  );
}

function Share({ share }: { share: number }) {
  // Rounded away from both ends: 100 % and 0 % are said only when they are exact.
  const percent =
    share === 0 || share === 1 ? share * 100 : Math.min(99, Math.max(1, Math.round(share * 100)));
  return (
    <>
      {percent} %{/* Its width is an attribute: the content policy allows no inline styles. */}
      <svg
        aria-hidden="true"
        viewBox="0 0 100 4"
        preserveAspectRatio="none"
        className="mt-1 block h-1 w-full"
      >
        <rect width="100" height="4" className="fill-line" />
        <rect width={percent} height="4" className="fill-accent" />
      </svg>
    </>
  );
}
