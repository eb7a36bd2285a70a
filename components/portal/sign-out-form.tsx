"use client";

import { useActionState } from "react";
import { SubmitButton } from "@/components/ui/submit-button";
import type { FormAction } from "@/lib/action-result";

type Props = {
  action: FormAction<null>;
};

/** Ends the session; a form, so that no link or prefetch can do it. */
export function SignOutForm({ action }: Props) {
  const [, formAction] = useActionState(action, null);
  return (
    <form action={formAction} className="shrink-0">
      <SubmitButton look="quiet" className="px-3">
        Sign out
      </SubmitButton>
    </form>
  );
}
