import { ActionButton } from "@/components/portal/action-button";
import type { FormAction } from "@/lib/action-result";
import { type ResultCounts, type RunRef, retriedResults } from "@/lib/deliveries/types";
import type { DeliveriesView } from "@/lib/deliveries/view";
import { countOf } from "@/lib/text/count-of";

type Props = { action: FormAction<unknown>; of: RunRef; view: DeliveriesView; counts: ResultCounts };

/** The buttons that send a list's records again; nothing if there are none. */
export function RetryThese({ action, of, view, counts }: Props) {
  const results = retriedResults.filter((name) => view.result === null || view.result === name);
  const count = results.reduce((sum, name) => sum + counts[name].count, 0);
  if (count === 0) return null;
  const isMore = results.some((name) => counts[name].isLimit);
  const fields = { ...of, result: view.result ?? "", key: view.key };
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2 border-t border-line pt-4">
      <ActionButton action={action} fields={fields}>
        Retry these
      </ActionButton>
      <p className="min-w-0 flex-1 basis-56 text-sm text-muted">
        {isMore ? "Over " : ""}
        {countOf(count, "record")} of this list {count === 1 ? "is" : "are"} not there as{" "}
        {count === 1 ? "it" : "they"} should be. What stands on the server already is not sent twice.
      </p>
      {view.result === "unknown" && <SendAnew action={action} fields={fields} />}
    </div>
  );
}

type SendAnewProps = { action: FormAction<unknown>; fields: Readonly<Record<string, string>> };

/** For what the server cannot be asked about: the user has looked, and decides. */
function SendAnew({ action, fields }: SendAnewProps) {
  return (
    <div className="flex basis-full flex-wrap items-center gap-x-4 gap-y-2">
      <ActionButton action={action} fields={{ ...fields, anew: "yes" }}>
        Send again
      </ActionButton>
      <p className="min-w-0 flex-1 basis-56 text-sm text-muted">
        “Retry these” looks first, where the server can tell. “Send again” does not: what stands already may
        then stand twice. Look on the server before.
      </p>
    </div>
  );
}
