import type { ScopeKind, Stream } from "@/lib/connectors/streams";
import type { Choice } from "@/lib/endpoints/choice-address";
import type { ShownPick } from "@/lib/endpoints/data-step-types";
import { RadioCard } from "./radio-card";
import { TargetPicker } from "./target-picker";

type Props = {
  stream: Stream | null;
  choice: Choice;
  pick: ShownPick | null;
  error: string | undefined;
};

const kinds: readonly { readonly kind: ScopeKind; readonly label: string }[] = [
  { kind: "everything", label: "Everything this credential can read" },
  { kind: "projects", label: "Chosen projects" },
  { kind: "repositories", label: "Chosen repositories" },
];

/** Where to read: everything, or projects or repositories that are searched on the server. */
export function ScopeChoice({ stream, choice, pick, error }: Props) {
  const { scope } = choice;
  const errorId = error ? "scope-error" : undefined;
  return (
    <div className="flex flex-col gap-3">
      <div
        role="radiogroup"
        aria-labelledby="scope-heading"
        aria-invalid={error ? true : undefined}
        aria-describedby={errorId}
        className="flex flex-col gap-3"
      >
        <h2 id="scope-heading" className="text-lg font-semibold">
          Scope
        </h2>
        {error && (
          <p id={errorId} className="text-sm text-bad">
            {error}
          </p>
        )}
        <div className="grid gap-3 sm:grid-cols-3 lg:grid-cols-1">
          {kinds.map(({ kind, label }) => {
            const isOffered = !stream || stream.scopes.includes(kind);
            return (
              <RadioCard
                key={kind}
                name="scope"
                value={kind}
                label={label}
                checked={scope.kind === kind}
                disabled={!isOffered}
                takesFocus={Boolean(error) && scope.kind === kind}
              >
                {!isOffered && stream && `Not for ${stream.label.toLowerCase()}.`}
              </RadioCard>
            );
          })}
        </div>
      </div>
      {scope.kind !== "everything" && <TargetPicker scope={scope} pick={pick} />}
    </div>
  );
}
