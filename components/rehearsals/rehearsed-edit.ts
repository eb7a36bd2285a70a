import type { ActionForm } from "@/components/forms/use-action-form";
import type { EditableEndpoint } from "@/lib/endpoints/types";
import type { NotEdited, Rehearsal } from "@/lib/rehearsals/types";

type Failed = NonNullable<ActionForm<unknown, NotEdited, string>["error"]>;
type EditError = Omit<Failed, "detail"> & { readonly detail?: EditableEndpoint };
type Form = Pick<ActionForm<unknown, NotEdited, string>, "error" | "wholeError" | "typed" | "pending">;

/** An edit form's refusal, apart: what the rehearsal found, or what the edit form itself tells. */
export function rehearsedEdit({ error, wholeError, typed, pending }: Form): {
  readonly rehearsal: Rehearsal | null;
  readonly edit: {
    readonly error: EditError | null;
    readonly wholeError: EditError | null;
    readonly typed: Form["typed"];
  };
} {
  const detail = error?.detail;
  if (detail && "rehearsal" in detail) {
    return { rehearsal: pending ? null : detail.rehearsal, edit: { error: null, wholeError: null, typed } };
  }
  const own = (of: Failed | null): EditError | null => {
    if (of === null) return null;
    const { detail: _detail, ...rest } = of;
    return detail === undefined ? rest : { ...rest, detail };
  };
  return { rehearsal: null, edit: { error: own(error), wholeError: own(wholeError), typed } };
}
