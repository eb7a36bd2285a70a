import { ShareLink } from "@/components/sharing/share-links";
import { ButtonLink } from "@/components/ui/buttons";
import type { FormAction } from "@/lib/action-result";
import { mayOnEndpoint } from "@/lib/endpoints/policy";
import type { EndpointSummary } from "@/lib/endpoints/types";
import { endpointPaths } from "@/lib/paths";
import { PauseEndpoint } from "./pause-endpoint";

type Props = { endpoint: EndpointSummary; pause: FormAction<null>; activate: FormAction<null> };

/** The buttons for a source or destination; users without rights to it read whom to ask. */
export function ManageEndpoint({ endpoint, pause, activate }: Props) {
  const { id, direction, role, ownerName, paused } = endpoint;
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
          You may see this data {direction}. To have it paused or changed, ask {ownerName}.
        </p>
      </div>
    );
  }
  return (
    <div className="flex flex-wrap gap-2">
      {share}
      {may.operate && (
        <PauseEndpoint pause={pause} activate={activate} endpointId={id} isPaused={paused !== null} />
      )}
      {may.edit && <ButtonLink href={paths.edit}>Edit</ButtonLink>}
      {may.delete && <ButtonLink href={paths.delete}>Delete</ButtonLink>}
    </div>
  );
}
