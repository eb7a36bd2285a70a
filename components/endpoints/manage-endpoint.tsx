import { RunNow } from "@/components/runs/run-now";
import { ShareLink } from "@/components/sharing/share-links";
import { ButtonLink, buttonStyle } from "@/components/ui/buttons";
import type { FormAction } from "@/lib/action-result";
import { findAction } from "@/lib/connectors/action-catalogues";
import { mayOnEndpoint } from "@/lib/endpoints/policy";
import type { EndpointSummary, NamedStops } from "@/lib/endpoints/types";
import { endpointPaths } from "@/lib/paths";
import { heldInWords } from "./held-in-words";
import { PauseEndpoint } from "./pause-endpoint";

type Props = {
  endpoint: EndpointSummary;
  run: FormAction<unknown>;
  deliver: FormAction<unknown>;
  pause: FormAction<null>;
  activate: FormAction<null>;
  /** What of others stops when it is paused; null for nothing. */
  pauseStops: NamedStops | null;
};

/** The buttons for a source or destination; users without rights to it read whom to ask. */
export function ManageEndpoint({ endpoint, run, deliver, pause, activate, pauseStops }: Props) {
  const { id, direction, role, ownerName, paused, settings, writing } = endpoint;
  const paths = endpointPaths(direction, id);
  const may = {
    operate: mayOnEndpoint(role, "operate"),
    edit: mayOnEndpoint(role, "edit"),
    delete: mayOnEndpoint(role, "delete"),
  };
  const share = (
    <ShareLink thing={{ kind: "endpoint", id, direction }} mayShare={mayOnEndpoint(role, "share")} />
  );
  if (!may.operate && !may.edit && !may.delete) {
    return (
      <div className="flex flex-col items-start gap-3 sm:items-end">
        {share}
        <p className="max-w-xs text-sm break-words text-muted sm:text-right">
          You may see this data {direction}. To have it {(settings || writing) && "run, "}paused or changed,
          ask {ownerName}.
        </p>
      </div>
    );
  }
  const held = paused ? "Paused: activate it to run." : (heldInWords(endpoint)?.short ?? null);
  const isKeptBack = may.operate && (settings || writing) && held !== null;
  return (
    <div className="flex flex-col gap-2">
      <div className="flex flex-wrap gap-2">
        {may.operate && settings && held === null && (
          <RunNow action={run} fields={{ sourceId: id, mode: "new" }} look="primary">
            Run now
          </RunNow>
        )}
        {may.operate && writing && held === null && <Deliver endpoint={endpoint} action={deliver} />}
        {/* In its place, so that a user who looks for it finds why it does nothing. */}
        {isKeptBack && (
          <button
            type="button"
            aria-disabled
            aria-describedby="held-run"
            className={buttonStyle("primary", "hover:bg-accent")}
          >
            Run now
          </button>
        )}
        {may.operate && (
          <PauseEndpoint
            {...{ pause, activate, name: endpoint.name, stops: pauseStops }}
            endpointId={id}
            isPaused={paused !== null}
          />
        )}
        {may.edit && <ButtonLink href={paths.edit}>Edit</ButtonLink>}
        {share}
        {may.delete && <ButtonLink href={paths.delete}>Delete</ButtonLink>}
      </div>
      {isKeptBack && (
        <p id="held-run" className="max-w-md text-sm break-words text-muted">
          {held}
        </p>
      )}
    </div>
  );
}

/** Starts runs of a destination. What cannot be taken back begins with a dry run alone, and is confirmed there. */
function Deliver({ endpoint, action }: { endpoint: EndpointSummary; action: FormAction<unknown> }) {
  const { id: endpointId, connector, writing } = endpoint;
  const isDangerous = writing !== null && findAction(connector, writing.action)?.danger != null;
  return (
    <>
      {!isDangerous && (
        <RunNow action={action} fields={{ endpointId, kind: "write" }} look="primary">
          Run now
        </RunNow>
      )}
      <RunNow
        action={action}
        fields={{ endpointId, kind: "dry-run" }}
        look={isDangerous ? "primary" : "secondary"}
      >
        Dry run
      </RunNow>
    </>
  );
}
