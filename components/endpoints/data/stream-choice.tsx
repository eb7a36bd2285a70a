import type { Stream } from "@/lib/connectors/streams";
import { missingInVersion } from "@/lib/endpoints/missing-in-version";
import { RadioCard } from "./radio-card";

type Props = {
  streams: readonly Stream[];
  chosen: string;
  serverVersion: string | null;
  error: string | undefined;
};

/** What to read: a radio group of all streams, by group. A stream that this server's version lacks says so. */
export function StreamChoice({ streams, chosen, serverVersion, error }: Props) {
  const groups = [...new Set(streams.map(({ group }) => group))];
  const errorId = error ? "stream-error" : undefined;
  const first = streams.find(({ since }) => missingInVersion(since, serverVersion) === null);
  return (
    <div
      role="radiogroup"
      aria-labelledby="stream-heading"
      aria-invalid={error ? true : undefined}
      aria-describedby={errorId}
      className="flex flex-col gap-5"
    >
      <h2 id="stream-heading" className="text-lg font-semibold">
        What to read
      </h2>
      {error && (
        <p id={errorId} className="text-sm text-bad">
          {error}
        </p>
      )}
      {groups.map((group) => (
        <div key={group} className="flex flex-col gap-2.5">
          <h3 className="text-sm font-medium text-muted">{group}</h3>
          <div className="grid gap-3 sm:grid-cols-2">
            {streams
              .filter((stream) => stream.group === group)
              .map((stream) => {
                const needed = missingInVersion(stream.since, serverVersion);
                return (
                  <RadioCard
                    key={stream.id}
                    name="stream"
                    value={stream.id}
                    label={stream.label}
                    checked={stream.id === chosen && needed === null}
                    disabled={needed !== null}
                    takesFocus={Boolean(error) && stream.id === first?.id}
                  >
                    <span>{stream.note}</span>
                    <span className="text-xs">
                      {needed === null
                        ? `Needs: ${stream.right}`
                        : `Since Bitbucket ${needed}; this server is ${serverVersion}.`}
                    </span>
                  </RadioCard>
                );
              })}
          </div>
        </div>
      ))}
      {/* With script, choosing shows the stream's own fields at once. */}
      <noscript>
        <button
          type="submit"
          name="do"
          value="show"
          className="self-start text-sm font-medium text-accent underline underline-offset-4"
        >
          Show the choices of this
        </button>
      </noscript>
    </div>
  );
}
