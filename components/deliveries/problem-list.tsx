import { cellText } from "@/lib/datasets/cell-text";
import type { DeliveryItem } from "@/lib/deliveries/types";

type Props = Pick<DeliveryItem, "problems" | "cure"> & {
  /** The labels of the action's fields by name. */
  labels: ReadonlyMap<string, string>;
  /** True in a list, where long texts are cut. */
  isShort?: boolean;
};

const shortList = 3;

/** Why a record was skipped or rejected: our words or the server's, which are inert; and what to do. */
export function ProblemList({ problems, cure, labels, isShort = false }: Props) {
  if (problems.length === 0 && !cure) return null;
  const shown = isShort ? problems.slice(0, shortList) : problems;
  const longest = isShort ? 300 : 10_000;
  return (
    <div className="flex flex-col gap-1 wrap-anywhere">
      {shown.map(({ field, message }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the same problem may stand twice, and the list never changes
        <p key={index}>
          {field && <span className="font-medium">{labels.get(field) ?? field}: </span>}
          <bdi className={isShort ? undefined : "whitespace-pre-wrap"}>
            {cellText(message, "text", longest)}
          </bdi>
        </p>
      ))}
      {problems.length > shown.length && (
        <p className="text-muted">and {problems.length - shown.length} more</p>
      )}
      {cure && <p className="text-muted">{cellText(cure, "text", longest)}</p>}
    </div>
  );
}
