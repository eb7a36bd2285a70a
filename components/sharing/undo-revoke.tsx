import type { BoundForm } from "@/components/forms/use-button-form";
import { ForAWhile } from "@/components/ui/for-a-while";
import { SubmitButton } from "@/components/ui/submit-button";
import type { Addressed } from "@/lib/paths";

type Props = { thing: Addressed; grantId: string; form: BoundForm };

/** Undoes the end of a grant, for as long as the button is there. */
export function UndoRevoke({ thing: { kind, id }, grantId, form }: Props) {
  return (
    <ForAWhile seconds={10}>
      <form {...form.formProps}>
        {Object.entries({ kind, id, grantId }).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        <SubmitButton look="secondary" pending={form.pending}>
          Undo
        </SubmitButton>
      </form>
    </ForAWhile>
  );
}
