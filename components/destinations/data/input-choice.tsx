import { RadioCard } from "@/components/endpoints/data/radio-card";
import type { DestinationStep } from "@/lib/destinations/types";
import { DataSetPicker } from "./data-set-picker";
import { FilePanel } from "./file-panel";
import { ShowFields } from "./show-fields";

/** Where the records come from: a data set that is searched by name, or an uploaded file. */
export function InputChoice({ state }: { state: DestinationStep }) {
  const { choice, errors } = state;
  const isOfFile = choice.inputKind === "upload";
  const error = errors[choice.inputKind];
  const errorId = error ? "input-error" : undefined;
  return (
    <div className="flex flex-col gap-3">
      <div
        role="radiogroup"
        aria-labelledby="input-heading"
        aria-invalid={error ? true : undefined}
        aria-describedby={errorId}
        className="flex flex-col gap-3"
      >
        <h2 id="input-heading" className="scroll-mt-6 text-lg font-semibold">
          Records from
        </h2>
        {error && (
          <p id={errorId} className="text-sm text-bad">
            {error}
          </p>
        )}
        <div className="grid gap-3 sm:grid-cols-2 lg:grid-cols-1">
          <RadioCard
            name="input"
            value="source"
            label="A data set"
            checked={!isOfFile}
            takesFocus={Boolean(error) && !isOfFile}
          >
            What a data source has read.
          </RadioCard>
          <RadioCard
            name="input"
            value="upload"
            label="An uploaded file"
            checked={isOfFile}
            takesFocus={Boolean(error) && isOfFile}
          >
            CSV, NDJSON or a JSON array.
          </RadioCard>
        </div>
      </div>
      {isOfFile ? <FilePanel state={state} /> : <DataSetPicker state={state} />}
      <ShowFields />
    </div>
  );
}
