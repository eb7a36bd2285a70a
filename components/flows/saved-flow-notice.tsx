import { Notice } from "@/components/ui/notice";
import { ToastOnArrival } from "@/components/ui/toast-on-arrival";
import type { FlowSummary } from "@/lib/flows/types";

/** Says of a source or destination that it is saved, and with which credential. */
export function SavedFlowNotice({ flow }: { flow: FlowSummary }) {
  const title = `“${flow.name}” is saved`;
  return (
    <>
      <ToastOnArrival title={title} parameter="saved" />
      <Notice kind="good" title={title}>
        {flow.credential && `It uses the credential “${flow.credential.name}”.`}
      </Notice>
    </>
  );
}
