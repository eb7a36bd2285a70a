import { News } from "@/components/ui/news";
import type { FlowSummary } from "@/lib/endpoints/types";

/** Says of a source or destination that it is saved, and with which credential. */
export function SavedFlowNotice({ flow }: { flow: FlowSummary }) {
  return (
    <News title={`“${flow.name}” is saved`} parameter="saved">
      {flow.credential && `It uses the credential “${flow.credential.name}”.`}
    </News>
  );
}
