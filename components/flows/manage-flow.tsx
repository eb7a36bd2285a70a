import { ShareLink } from "@/components/sharing/share-links";
import { ButtonLink } from "@/components/ui/buttons";
import type { FormAction } from "@/lib/action-result";
import { mayOnFlow } from "@/lib/endpoints/policy";
import type { FlowSummary } from "@/lib/endpoints/types";
import { flowPaths } from "@/lib/paths";
import { PauseFlow } from "./pause-flow";

type Props = { flow: FlowSummary; pause: FormAction<null>; activate: FormAction<null> };

/** What the reader may do with a source or destination; to those who may do nothing it says whom to ask. */
export function ManageFlow({ flow, pause, activate }: Props) {
  const { id, direction, role, ownerName, paused } = flow;
  const paths = flowPaths(direction, id);
  const may = {
    operate: mayOnFlow(role, "operate"),
    edit: mayOnFlow(role, "edit"),
    delete: mayOnFlow(role, "delete"),
  };
  const share = <ShareLink thing={{ kind: "flow", id, direction }} mayShare={mayOnFlow(role, "share")} />;
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
      {may.operate && <PauseFlow pause={pause} activate={activate} flowId={id} isPaused={paused !== null} />}
      {may.edit && <ButtonLink href={paths.edit}>Edit</ButtonLink>}
      {may.delete && <ButtonLink href={paths.delete}>Delete</ButtonLink>}
    </div>
  );
}
