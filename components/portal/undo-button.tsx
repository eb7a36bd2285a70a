import { ForAWhile } from "@/components/ui/for-a-while";
import type { FormAction } from "@/lib/action-result";
import { ActionButton } from "./action-button";

type Props = { action: FormAction<unknown>; fields: Readonly<Record<string, string>> };

/** Takes back what was done, for as long as the button is there. */
export function UndoButton({ action, fields }: Props) {
  return (
    <ForAWhile seconds={10}>
      <ActionButton action={action} fields={fields}>
        Undo
      </ActionButton>
    </ForAWhile>
  );
}
