import type { ReactNode } from "react";
import { DataButtons } from "@/components/endpoints/data/data-buttons";
import { DataForm } from "@/components/endpoints/data/data-form";
import { TileChoice } from "@/components/endpoints/data/tile-choice";
import { actionCatalogueOf } from "@/lib/connectors/action-catalogues";
import type { DestinationStep as Step } from "@/lib/destinations/types";
import { CheckedRecords } from "./checked-records";
import { ExactRequest } from "./exact-request";
import { uploadFormId } from "./file-panel";
import { InputChoice } from "./input-choice";
import { MappingFields } from "./mapping-fields";
import { ShowFields } from "./show-fields";

type Props = {
  state: Step;
  path: string;
  back: { readonly href: string; readonly label: string };
  next: { readonly path: string; readonly label: string };
  /** Hidden fields that belong to the address. */
  children?: ReactNode;
};

const reloading = ["action", "input", "source", "m.", "c.", "v.", "t.", "key"];

/** The step Data of a destination: what to write, the records, the mapping. All of its state stands in the address. */
export function DestinationStep({ state, path, back, next, children }: Props) {
  const { kind, action, input, choice, errors, serverVersion, query } = state;
  return (
    <>
      {/* Before the fields that belong to it: what comes first in the page is sent first. */}
      <form id={uploadFormId} action="/uploads" method="post" encType="multipart/form-data">
        <input type="hidden" name="returnTo" value={`${path}?${query}`} />
      </form>
      <DataForm path={path} query={query} reloading={reloading}>
        {children}
        {state.isAsked && <input type="hidden" name="asked" value="1" />}
        <div className="grid grid-cols-1 items-start gap-8 lg:grid-cols-[minmax(0,1.7fr)_minmax(0,1fr)]">
          <TileChoice
            name="action"
            heading="What to write"
            searchLabel="Search what to write"
            tiles={actionCatalogueOf(kind).actions.map(({ id, label, group, note, right, since }) => {
              return { id, label, group, note, right, since };
            })}
            chosen={choice.action}
            serverVersion={serverVersion}
            error={errors.action}
          >
            <ShowFields />
          </TileChoice>
          {/* Beside the long list, always in view. */}
          <div className="-m-1 flex flex-col gap-6 p-1 lg:sticky lg:top-4 lg:max-h-[calc(100dvh-7rem)] lg:overflow-y-auto">
            <InputChoice state={state} />
          </div>
        </div>
        {action && input && (
          <>
            <input type="hidden" name="of" value={state.madeFor} />
            <MappingFields state={state} action={action} input={input} />
            <ExactRequest state={state} action={action} input={input} path={path} />
          </>
        )}
        {state.checked && <CheckedRecords state={state} checked={state.checked} />}
        <DataButtons
          back={back}
          path={path}
          next={next}
          trial={{ does: "dry-run", label: "Dry run", anchor: "dry-run" }}
          below={
            action && input
              ? { href: "#fields-heading", label: "Fields", isBelowAlways: true }
              : { href: "#input-heading", label: "Records" }
          }
        />
      </DataForm>
    </>
  );
}
