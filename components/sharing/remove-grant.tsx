import type { ReactNode } from "react";
import { Stopping } from "@/components/endpoints/stopping";
import type { BoundForm } from "@/components/forms/use-button-form";
import { Question } from "@/components/ui/question";
import { SubmitButton } from "@/components/ui/submit-button";
import type { NamedStops } from "@/lib/endpoints/types";

type Props = {
  /** The grantee. */
  name: string;
  stops: NamedStops | null;
  form: BoundForm;
  /** The fields that name the grant. */
  children: ReactNode;
};

/** Ends a grant. If that stops something, a question comes first that says what, by name where the reader may see it. */
export function RemoveGrant({ name, stops, form, children }: Props) {
  const count = stops ? stops.sources + stops.destinations : 0;
  const press = (
    <>
      Remove<span className="sr-only"> {name}</span>
    </>
  );
  return (
    <form {...form.formProps}>
      {children}
      <input type="hidden" name="stopsSeen" value={count} />
      {stops ? (
        <Question
          asks={press}
          look="quiet"
          className="px-2"
          title={`Remove ${name}?`}
          answer={`Remove and stop ${count === 1 ? "it" : "them"}`}
          pending={form.pending}
        >
          <Stopping stops={stops}>
            Their records and runs stay. They work again once their owners may use this credential, or choose
            another one.
          </Stopping>
        </Question>
      ) : (
        <SubmitButton look="quiet" pending={form.pending} className="px-2">
          {press}
        </SubmitButton>
      )}
    </form>
  );
}
