import type { ReactNode } from "react";
import { streamsOf } from "@/lib/connectors/stream-catalogues";
import type { DataStepState } from "@/lib/endpoints/data-step-types";
import { DataButtons } from "./data-buttons";
import { DataForm } from "./data-form";
import { Sample } from "./sample";
import { ScopeChoice } from "./scope-choice";
import { StreamParameters } from "./stream-parameters";
import { TileChoice } from "./tile-choice";

type Props = {
  state: DataStepState;
  path: string;
  back: { readonly href: string; readonly label: string };
  next: { readonly path: string; readonly label: string };
  /** Hidden fields that belong to the address. */
  children?: ReactNode;
};

/** The step Data of a source: what to read, where, and a preview. All of its state stands in the address. */
export function DataStep({ state, path, back, next, children }: Props) {
  const { kind, stream, choice, errors, pick, preview, serverVersion, query } = state;
  return (
    <DataForm path={path} query={query} reloading={["stream", "scope"]}>
      {children}
      <div className="grid grid-cols-1 items-start gap-8 lg:grid-cols-[minmax(0,1.7fr)_minmax(0,1fr)]">
        <TileChoice
          name="stream"
          heading="What to read"
          searchLabel="Search what to read"
          tiles={streamsOf(kind).map(({ id, label, group, note, right, since }) => {
            return { id, label, group, note, right, since };
          })}
          chosen={choice.stream}
          serverVersion={serverVersion}
          error={errors.stream}
        >
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
        </TileChoice>
        {/* Beside the long list, always in view. */}
        <div className="-m-1 flex flex-col gap-6 p-1 lg:sticky lg:top-4 lg:max-h-[calc(100dvh-7rem)] lg:overflow-y-auto">
          {stream && <StreamParameters stream={stream} values={choice.parameters} errors={errors} />}
          <ScopeChoice stream={stream} choice={choice} pick={pick} error={errors.scope} />
        </div>
      </div>
      {stream && preview && <Sample stream={stream} preview={preview} />}
      <DataButtons
        back={back}
        path={path}
        next={next}
        trial={{ does: "preview", label: "Preview", anchor: "sample" }}
        below={{ href: "#scope-heading", label: "Scope" }}
      />
    </DataForm>
  );
}
