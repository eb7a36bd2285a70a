import { cardStyle } from "@/components/ui/card";
import { Detail } from "@/components/ui/detail";
import { Notice } from "@/components/ui/notice";
import type { CheckedRecords as Checked, DestinationStep } from "@/lib/destinations/types";
import { countOf, grouped } from "@/lib/text/count-of";
import { CallInFull } from "./call-in-full";
import { ProblemList } from "./problem-list";

type Props = { state: DestinationStep; checked: Checked };

/** The result of a dry run in the wizard: how many records can be sent, which cannot and why, and the first requests. */
export function CheckedRecords({ state, checked }: Props) {
  const { examples, requests } = checked;
  return (
    <section id="dry-run" aria-labelledby="dry-run-heading" className="flex scroll-mt-6 flex-col gap-3">
      <h2 id="dry-run-heading" className="text-lg font-semibold">
        Dry run
      </h2>
      <div className={cardStyle("flex min-w-0 flex-col gap-5")}>
        <Counts checked={checked} />
        {examples.length > 0 && <InvalidTable checked={checked} />}
        {requests.length > 0 && (
          <div className="flex min-w-0 flex-col gap-3">
            <h3 className="font-medium">
              {requests.length === 1 ? "The first request" : `The first ${requests.length} requests`}
            </h3>
            {requests.map(({ matchKey, calls }) =>
              calls.map((call, index) => (
                <CallInFull
                  // biome-ignore lint/suspicious/noArrayIndexKey: the list never changes in place
                  key={`${matchKey} ${index}`}
                  call={call}
                  baseUrl={state.baseUrl}
                  name={`Request for ${matchKey}`}
                />
              )),
            )}
          </div>
        )}
        <p className="text-sm text-muted">
          Nothing was sent or stored, and the server was not asked. What already stands there is asked by the
          dry run on the page of the saved destination.
        </p>
      </div>
    </section>
  );
}

function Counts({ checked: { checked, hasMore, valid, invalid, repeated } }: { checked: Checked }) {
  if (checked === 0) {
    return (
      <p role="status" className="text-muted">
        There are no records yet, so nothing would be sent.
      </p>
    );
  }
  return (
    <>
      <p role="status" className="sr-only">
        {countOf(valid, "record")} would be sent, {grouped(invalid)} invalid.
      </p>
      <dl className="grid grid-cols-2 gap-x-8 gap-y-4 sm:grid-cols-4">
        <Detail name="Records checked">{hasMore ? `the first ${grouped(checked)}` : grouped(checked)}</Detail>
        <Detail name="Would send">{grouped(valid)}</Detail>
        <Detail name="Invalid">{grouped(invalid)}</Detail>
        <Detail name="With a match key that an earlier one has">{grouped(repeated)}</Detail>
      </dl>
      {repeated > 0 && (
        <Notice kind="warn" title={`${countOf(repeated, "record")} with a match key that another has, too`}>
          <p>
            They count as one thing: the last one of each key stands in the end. Choose another match key if
            not.
          </p>
        </Notice>
      )}
    </>
  );
}

function InvalidTable({ checked: { invalid, examples } }: { checked: Checked }) {
  const title =
    examples.length < invalid ? `The first ${examples.length} invalid records` : "Invalid records";
  return (
    <div className="flex min-w-0 flex-col gap-2">
      <h3 className="font-medium">{title}</h3>
      {/* biome-ignore lint/a11y/useSemanticElements: a scrolling frame around the table, which carries the name */}
      <div
        role="group"
        aria-label="Invalid records, scrolls"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it
        tabIndex={0}
        className="-mx-5 max-h-128 overflow-auto border-y border-line sm:-mx-6"
      >
        <table aria-label="Invalid records" className="min-w-full text-sm">
          <thead className="sticky top-0 bg-sunken text-left">
            <tr>
              <th scope="col" className="px-4 py-2 font-medium">
                Record
              </th>
              <th scope="col" className="px-4 py-2 font-medium">
                Key
              </th>
              <th scope="col" className="px-4 py-2 font-medium">
                Why
              </th>
            </tr>
          </thead>
          <tbody className="divide-y divide-line">
            {examples.map(({ number, key, problems }) => (
              <tr key={number}>
                <td className="px-4 py-1.5 align-top tabular-nums">{grouped(number)}</td>
                <td className="max-w-60 px-4 py-1.5 align-top font-mono text-xs break-all">{key}</td>
                <td className="min-w-60 px-4 py-1.5 align-top">
                  <ProblemList problems={problems} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}
