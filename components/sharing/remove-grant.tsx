import type { ReactNode } from "react";
import { Stopping } from "@/components/endpoints/stopping";
import type { BoundForm } from "@/components/forms/use-button-form";
import { Question } from "@/components/ui/question";
import { SubmitButton } from "@/components/ui/submit-button";
import type { NamedStops } from "@/lib/endpoints/types";
import type { Addressed } from "@/lib/paths";

type Props = {
  thing: Addressed;
  /** The grantee. */
  name: string;
  stops: NamedStops | null;
  form: BoundForm;
  /** The fields that name the grant. */
  children: ReactNode;
};

/** Ends a grant. If that stops something, a question comes first that says what, by name where the reader may see it. */
export function RemoveGrant({ thing, name, stops, form, children }: Props) {
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
          <Stopping stops={stops}>{afterEnd(thing, "others'")}</Stopping>
        </Question>
      ) : (
        <SubmitButton look="quiet" pending={form.pending} className="px-2">
          {press}
        </SubmitButton>
      )}
    </form>
  );
}

/** What becomes of the sources and destinations that the end of a grant stops: the reader's own, or those of others. */
export function afterEnd({ kind }: Addressed, whose: "own" | "others'"): string {
  const who = whose === "own" ? "you" : "their owners";
  return kind === "credential"
    ? `Their records and runs stay. They work again once ${who} may use this credential, or choose another one.`
    : `They write its records, and ${who} would not see it any more. Their runs and what they have written stay. They work again once ${who} may see this data source, or choose other records.`;
}
