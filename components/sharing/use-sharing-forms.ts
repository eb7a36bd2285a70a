"use client";

import { type FormEvent, useState } from "react";
import { useKeptForm } from "@/components/ui/use-kept-form";
import type { FormAction } from "@/lib/action-result";

/** The actions of the Share dialog; each answers with the sentence to announce. */
export type SharingActions = {
  readonly share: FormAction<string>;
  readonly changeRole: FormAction<string>;
  readonly revoke: FormAction<string>;
  readonly revokeUnbacked: FormAction<string>;
  readonly confirm: FormAction<string>;
};

/** The forms of what can be done to the grants that there are. */
export type GrantForms = Readonly<Record<"changeRole" | "revoke" | "revokeUnbacked" | "confirm", BoundForm>>;

/** One of the actions, as each of its forms binds it. */
export type BoundForm = {
  readonly pending: boolean;
  readonly formProps: {
    readonly action: (form: FormData) => void;
    readonly onSubmit: (event: FormEvent<HTMLFormElement>) => void;
  };
};

/**
 * The dialog's actions as forms bind them, many forms to each, and the newest answer: it is told in one place, because
 * the form that was sent may be gone when it comes, with the row that it stood in.
 */
export function useSharingForms(actions: SharingActions) {
  const forms = {
    share: useKeptForm(actions.share),
    changeRole: useKeptForm(actions.changeRole),
    revoke: useKeptForm(actions.revoke),
    revokeUnbacked: useKeptForm(actions.revokeUnbacked),
    confirm: useKeptForm(actions.confirm),
  };
  const [newest, setNewest] = useState<keyof SharingActions | null>(null);

  function bind(name: keyof SharingActions): BoundForm {
    const { formProps, pending } = forms[name];
    return {
      pending,
      formProps: {
        action: formProps.action,
        onSubmit: (event) => {
          setNewest(name);
          formProps.onSubmit(event);
        },
      },
    };
  }

  // Without script one form alone was posted, so one alone has an answer.
  const answered = newest ? forms[newest].result : Object.values(forms).find(({ result }) => result)?.result;
  return {
    share: bind("share"),
    grants: {
      changeRole: bind("changeRole"),
      revoke: bind("revoke"),
      revokeUnbacked: bind("revokeUnbacked"),
      confirm: bind("confirm"),
    },
    answer: answered,
    refusedHolder: refusalOf(forms.share.result),
  };
}

function refusalOf(result: ReturnType<typeof useKeptForm<string, never>>["result"]) {
  if (result?.ok !== false) return null;
  const message = result.error.fieldErrors.holder;
  return message ? { holder: result.typed.holder, message } : null;
}
