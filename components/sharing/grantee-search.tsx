import Form from "next/form";
import { Field } from "@/components/ui/field";
import { Icon } from "@/components/ui/icon";
import { SubmitButton } from "@/components/ui/submit-button";

type Props = {
  /** The address that shows the search results. */
  path: string;
  label: string;
  searched: string;
  /**
   * Loads the page anew. An intercepted address needs it: client-side navigation would open the page again, as an
   * overlay over itself.
   */
  isPage?: boolean;
};

/** Searches users and teams; the search is in the address and needs no script. */
export function GranteeSearch({ path, label, searched, isPage = false }: Props) {
  const className = "flex items-end gap-3";
  const fields = (
    <>
      <Field
        label={label}
        name="q"
        type="search"
        autoComplete="off"
        maxLength={100}
        defaultValue={searched}
        className="flex-1"
      />
      <SubmitButton look="secondary">
        <Icon name="search" className="size-4" />
        Search
      </SubmitButton>
    </>
  );
  if (isPage) {
    return (
      <search>
        <form action={path} className={className}>
          {fields}
        </form>
      </search>
    );
  }
  return (
    <Form action={path} replace scroll={false} role="search" className={className}>
      {fields}
    </Form>
  );
}
