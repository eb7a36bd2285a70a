import { UndoButton } from "@/components/portal/undo-button";
import { FlashMessage } from "@/components/ui/flash-message";
import type { FormAction } from "@/lib/action-result";

type Props = { done: string | undefined; userId: string; undoDisable: FormAction<unknown> };

/** Flash message on an account's page after a change. */
export function UserFlash({ done, userId, undoDisable }: Props) {
  const said = done && doneInWords[done];
  if (!said) return null;
  return (
    <FlashMessage title={said} parameter="done">
      {done === "disabled" && <UndoButton action={undoDisable} fields={{ userId }} />}
    </FlashMessage>
  );
}

const doneInWords: Record<string, string> = {
  disabled: "The account is disabled, and its sessions have ended",
  enabled: "The account is enabled",
  restored: "The account is as it was before",
  administrator: "The account is a portal administrator's now",
  member: "The account is a member's now",
  "signed-out": "All sessions of the account have ended",
};
