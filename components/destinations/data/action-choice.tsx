import { RadioCard } from "@/components/endpoints/data/radio-card";
import type { Action } from "@/lib/connectors/action";
import { missingInVersion } from "@/lib/endpoints/missing-in-version";
import { ShowFields } from "./show-fields";

type Props = {
  actions: readonly Action[];
  chosen: string;
  serverVersion: string | null;
  error: string | undefined;
};

/** What to write: a radio group of all actions, by group. An action that this server's version lacks says so. */
export function ActionChoice({ actions, chosen, serverVersion, error }: Props) {
  const groups = [...new Set(actions.map(({ group }) => group))];
  const errorId = error ? "action-error" : undefined;
  const first = actions.find(({ since }) => missingInVersion(since, serverVersion) === null);
  return (
    <div
      role="radiogroup"
      aria-labelledby="action-heading"
      aria-invalid={error ? true : undefined}
      aria-describedby={errorId}
      className="flex flex-col gap-5"
    >
      <h2 id="action-heading" className="text-lg font-semibold">
        What to write
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
            {actions
              .filter((action) => action.group === group)
              .map((action) => {
                const needed = missingInVersion(action.since, serverVersion);
                return (
                  <RadioCard
                    key={action.id}
                    name="action"
                    value={action.id}
                    label={action.label}
                    checked={action.id === chosen && needed === null}
                    disabled={needed !== null}
                    takesFocus={Boolean(error) && action.id === first?.id}
                  >
                    <span>{action.note}</span>
                    <span className="text-xs">
                      {needed === null
                        ? `Needs: ${action.right}`
                        : `Since Bitbucket ${needed}; this server is ${serverVersion}.`}
                    </span>
                  </RadioCard>
                );
              })}
          </div>
        </div>
      ))}
      <ShowFields />
    </div>
  );
}
