import { Badge } from "@/components/ui/badge";
import { TitleLink } from "@/components/ui/list-links";
import { TimeAgo } from "@/components/ui/time-ago";
import { cellText } from "@/lib/datasets/cell-text";
import { deliveryPath } from "@/lib/deliveries/paths";
import type { DeliveryItem, RunRef } from "@/lib/deliveries/types";
import type { RunSummary } from "@/lib/runs/types";
import { ProblemList } from "./problem-list";
import { resultLook } from "./result-looks";
import { ServerLink } from "./server-link";

type Props = {
  of: RunRef;
  kind: RunSummary["kind"];
  items: readonly DeliveryItem[];
  /** The labels of the action's fields by name. */
  labels: ReadonlyMap<string, string>;
  now: string;
};

const head = "px-4 py-2.5 font-medium whitespace-nowrap";
const cell = "px-4 py-2.5 align-top";

/** The records of a run with their results. Wider than most screens, so it scrolls sideways, also by keyboard. */
export function ResultTable({ of, kind, items, labels, now }: Props) {
  const isDry = kind === "dry-run";
  const hasProblems = items.some(({ problems, cure }) => problems.length > 0 || cure !== null);
  const problemHead = hasProblems ? [isDry ? "Problem" : "What the server says"] : [];
  const heads = isDry
    ? ["Result", "Key", "Record", "Request", ...problemHead]
    : ["Result", "Key", "Record", ...problemHead, "Status", "On the server", "Time"];
  return (
    <section
      aria-label="Results, scrolling sideways"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: without it, the keyboard cannot scroll the table
      tabIndex={0}
      className="scroll-hint relative overflow-x-auto rounded-xl border border-line [--ground:var(--color-surface)]"
    >
      <table aria-label="Results" className="w-full text-sm">
        <thead className="border-b border-line text-left text-muted">
          <tr>
            {heads.map((name) => (
              <th key={name} scope="col" className={head}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {items.map((item) => (
            <tr key={item.number}>
              <td className={cell}>
                <Badge {...resultLook(item.result, kind)} />
              </td>
              <th scope="row" className={`${cell} max-w-72 min-w-32 text-left sm:min-w-56 font-normal`}>
                <TitleLink href={deliveryPath(of, item.number)}>
                  {item.key === "" ? (
                    <span className="text-muted">no key</span>
                  ) : (
                    <bdi>{cellText(item.key, "text", 80)}</bdi>
                  )}
                </TitleLink>
              </th>
              <td className={`${cell} max-w-48 min-w-20 text-muted wrap-anywhere`}>
                <bdi>{cellText(item.record, "text", 60)}</bdi>
              </td>
              {isDry && <RequestCell request={item.request} />}
              {hasProblems && (
                <td className={`${cell} max-w-lg min-w-64`}>
                  <ProblemList problems={item.problems} cure={item.cure} labels={labels} isShort />
                </td>
              )}
              {!isDry && <Outcome item={item} now={now} />}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Outcome({ item: { status, link, key, at }, now }: { item: DeliveryItem; now: string }) {
  return (
    <>
      <td className={`${cell} tabular-nums text-muted`}>{status}</td>
      <td className={`${cell} whitespace-nowrap`}>
        {link && (
          <ServerLink href={link}>
            Open<span className="sr-only"> {cellText(key, "text", 80)} on the server</span>
          </ServerLink>
        )}
      </td>
      <td className={`${cell} whitespace-nowrap text-muted`}>{at && <TimeAgo at={at} now={now} />}</td>
    </>
  );
}

function RequestCell({ request }: Pick<DeliveryItem, "request">) {
  return (
    <td className={`${cell} max-w-xl min-w-72`}>
      {request && (
        <>
          <code className="text-xs wrap-anywhere">
            <span className="font-semibold">{request.method}</span>{" "}
            <bdi>{cellText(request.path, "text", 200)}</bdi>
          </code>
          {request.bodyStart !== "" && (
            <code className="mt-1 line-clamp-3 text-xs wrap-anywhere text-muted">
              <bdi>{request.bodyStart}</bdi>
            </code>
          )}
          {request.of > 1 && <span className="text-xs text-muted">and {request.of - 1} more</span>}
        </>
      )}
    </td>
  );
}
