"use client";

import { useKeptForm } from "@/components/ui/use-kept-form";
import type { FormAction } from "@/lib/action-result";

/**
 * A form that edits what others may edit too. `overtaken` holds what somebody else has saved meanwhile; `refused` is a
 * refusal that neither that nor one of the visible `fields` tells. `version` is the one to send: after a refusal the one
 * that was sent and not the newest, because a page without script is made anew, and would otherwise overwrite what it has
 * never shown; told of it, the person may.
 */
export function useEditForm<Now extends { readonly version: number }>(
  action: FormAction<unknown, Now>,
  version: number | undefined,
  fields: readonly string[],
) {
  const { result, pending, formProps } = useKeptForm(action);
  const refusal = result?.ok === false ? result : null;
  const errors = refusal?.error.fieldErrors ?? {};
  const typed = refusal?.typed ?? {};
  const now = refusal?.error.detail ?? null;
  const isAtField = fields.some((name) => errors[name]);
  return {
    pending,
    formProps,
    errors,
    typed,
    overtaken: refusal && now && { message: refusal.error.message, now },
    refused: refusal && !now && !isAtField ? refusal.error : null,
    version: now?.version ?? typed.version ?? version,
  };
}
