import { buttonStyle } from "@/components/ui/buttons";
import { cardStyle } from "@/components/ui/card";
import { Notice } from "@/components/ui/notice";
import type { Action } from "@/lib/connectors/action";
import type { DestinationStep, ShownInput, ShownRequest } from "@/lib/destinations/types";
import { grouped } from "@/lib/text/count-of";
import { CallInFull } from "./call-in-full";
import { ProblemList } from "./problem-list";

type Props = { state: DestinationStep; action: Action; input: ShownInput; path: string };

/** What will be sent for one record, or why it cannot be sent; buttons lead to the records before and after it. */
export function ExactRequest({ state, action, input, path }: Props) {
  const { request } = state;
  return (
    <section id="exact-request" aria-labelledby="request-heading" className="flex scroll-mt-6 flex-col gap-3">
      <h2 id="request-heading" className="text-lg font-semibold">
        Exact request
      </h2>
      <div className={cardStyle("flex min-w-0 flex-col gap-4")}>
        {request ? (
          <>
            <RecordChoice request={request} total={input.records} path={path} />
            <Requested state={state} action={action} request={request} />
          </>
        ) : (
          <p className="text-muted">{whyNone(input)}</p>
        )}
      </div>
    </section>
  );
}

function RecordChoice({ request, total, path }: { request: ShownRequest; total: number; path: string }) {
  const { number, of } = request;
  const show = (to: number, label: string) => (
    <button
      type="submit"
      name="show"
      value={to}
      formAction={`${path}#exact-request`}
      className={buttonStyle("secondary", "max-sm:px-3")}
    >
      {label}
    </button>
  );
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
      <p className="tabular-nums">
        Record {grouped(number)} of {grouped(total)}
      </p>
      <input type="hidden" name="record" value={number} />
      <div className="flex gap-2">
        {number > 1 && show(number - 1, "Previous record")}
        {number < of && show(number + 1, "Next record")}
      </div>
    </div>
  );
}

type RequestedProps = { state: DestinationStep; action: Action; request: ShownRequest };

function Requested({ state, action, request }: RequestedProps) {
  if (!request.ok) {
    return (
      <Notice kind="warn" title="This record cannot be sent">
        <ProblemList problems={request.problems} />
      </Notice>
    );
  }
  const { together } = action;
  return (
    <>
      {request.calls.map((call, index) => (
        <CallInFull
          // biome-ignore lint/suspicious/noArrayIndexKey: the list never changes in place
          key={index}
          call={call}
          baseUrl={state.baseUrl}
          name={request.calls.length === 1 ? "Request" : `Request ${index + 1}`}
        />
      ))}
      <p className="text-sm text-muted">
        Match key: <span className="font-mono text-xs break-all">{request.matchKey}</span>.
        {together &&
          ` Records that belong together are sent with one request, at most ${grouped(together.most)} ${together.noun}; this shows the one record.`}{" "}
        Sent like this if nothing of it stands on the server yet. Sixteen zeros stand for a mark that the
        saved destination makes.
      </p>
    </>
  );
}

function whyNone(input: ShownInput): string {
  if (input.records > 0) return "It shows here once the fields above are complete.";
  return input.ref.kind === "source"
    ? "The data set has no records yet. After the first run of its source, the request of each record shows here."
    : "The file has no records.";
}
