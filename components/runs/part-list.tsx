import { Badge } from "@/components/ui/badge";
import { RowList, Section } from "@/components/ui/card";
import { Link } from "@/components/ui/link";
import { PageLinks } from "@/components/ui/list-links";
import type { ConnectorKind } from "@/lib/connectors/kinds";
import type { PagePaths } from "@/lib/paths";
import type { RunPart, RunSummary } from "@/lib/runs/types";
import { countOf, grouped } from "@/lib/text/count-of";
import { partReasonInWords } from "./part-reason";

type PartState = RunPart["state"];

// What needs somebody first.
const order: readonly PartState[] = ["failed", "skipped", "pending", "done"];

const looks = {
  done: { tone: "good", icon: "circle-check", label: "read" },
  skipped: { tone: "warn", icon: "circle-slash", label: "skipped" },
  failed: { tone: "bad", icon: "circle-x", label: "failed" },
  pending: { tone: "plain", icon: "circle-dashed", label: "not read yet" },
} as const satisfies Record<PartState, unknown>;

type Props = {
  path: string;
  connector: ConnectorKind;
  /** The state that the list is limited to; null for all. */
  state: PartState | null;
  /** The run's own numbers. */
  counts: RunSummary["parts"];
  parts: readonly RunPart[];
  pages: PagePaths;
};

/** The parts of a run, such as repositories, each with what became of it. */
export function PartList({ path, connector, state, counts, parts, pages }: Props) {
  return (
    <Section title="What was read" aside={<StateLinks path={path} chosen={state} counts={counts} />}>
      {parts.length === 0 ? (
        <p className="text-sm text-muted">{emptyInWords(state, counts.all)}</p>
      ) : (
        <RowList aria-label="Parts">
          {parts.map(({ key, label, state: itsState, reason, received }) => (
            <li key={key} className="flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-2.5 text-sm">
              <span className="min-w-0 flex-1 basis-48 wrap-anywhere">
                {label || "The list of what there is to read"}
                {reason && <span className="block text-muted">{partReasonInWords(reason, connector)}</span>}
              </span>
              <span className="text-muted tabular-nums">{countOf(received, "record")}</span>
              <Badge {...looks[itsState]} />
            </li>
          ))}
        </RowList>
      )}
      <PageLinks paths={pages} isByAge={false} />
    </Section>
  );
}

// The parts of an older reading are dropped; its numbers stay.
function emptyInWords(state: PartState | null, all: number): string {
  if (all === 0) return "No part has been begun yet.";
  return state ? "None to show." : "The list of parts is not kept any more.";
}

type LinksProps = { path: string; chosen: PartState | null; counts: RunSummary["parts"] };

function StateLinks({ path, chosen, counts }: LinksProps) {
  const { all, done, skipped, failed } = counts;
  const pending = Math.max(0, all - done - skipped - failed);
  const numbers = { all, done, skipped, failed, pending };
  return (
    <nav aria-label="Parts by state" className="flex flex-wrap gap-x-3">
      {([null, ...order] as const)
        .filter((state) => state === null || state === chosen || numbers[state] > 0)
        .map((state) => (
          <Link
            key={state ?? "all"}
            href={`${path}?parts=${state ?? "all"}`}
            scroll={false}
            aria-current={state === chosen ? "true" : undefined}
            className="rounded-lg py-0.5 tabular-nums underline-offset-4 hover:underline aria-[current]:font-medium aria-[current]:text-ink"
          >
            {state ? looks[state].label : "all"} {grouped(numbers[state ?? "all"])}
          </Link>
        ))}
    </nav>
  );
}
