import { ActionButton } from "@/components/portal/action-button";
import { Notice } from "@/components/ui/notice";
import type { FormAction } from "@/lib/action-result";
import { confirmLabel } from "@/lib/deliveries/danger-words";
import type { RunRef } from "@/lib/deliveries/types";

type Props = {
  action: FormAction<unknown>;
  of: RunRef;
  /** The action's label, such as "Merge a pull request". */
  label: string;
  /** How many records of the dry run would be sent. */
  count: number;
};

/** The confirmation of an action that cannot be taken back: the button names it, and how many. */
export function ConfirmDelivery({ action, of, label, count }: Props) {
  return (
    <Notice kind="warn" title="This cannot be taken back">
      <p>
        It is done for the records below that would be sent, and for no others. Look at them first; each line
        has its exact request.
      </p>
      <ActionButton action={action} fields={{ ...of, count: String(count) }} look="danger">
        {confirmLabel(label, count)}
      </ActionButton>
    </Notice>
  );
}
