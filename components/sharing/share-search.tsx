import { Search } from "lucide-react";
import Form from "next/form";
import { Field } from "@/components/ui/field";
import { SubmitButton } from "@/components/ui/submit-button";
import type { DirectoryEntry } from "@/lib/people/types";
import { type Addressed, sharePath } from "@/lib/sharing/paths";
import type { Access } from "@/lib/sharing/types";
import { FoundHolder } from "./found-holder";
import { rightsInWords } from "./role-in-words";
import type { BoundForm } from "./use-sharing-forms";

type Props = {
  thing: Addressed;
  access: Access;
  searched: string;
  found: readonly DirectoryEntry[];
  share: BoundForm;
  refused: { readonly holder: string | undefined; readonly message: string } | null;
};

/** Finds people and teams to share with; the search is in the address and needs no script. */
export function ShareSearch({ thing, access, searched, found, share, refused }: Props) {
  return (
    <section aria-labelledby="share-with" className="flex flex-col gap-4">
      <div className="flex flex-col gap-1">
        <h2 id="share-with" className="font-semibold">
          Share with
        </h2>
        <p className="text-sm text-muted">{rightsInWords(thing.kind)}</p>
      </div>
      <Form action={sharePath(thing)} replace scroll={false} role="search" className="flex items-end gap-3">
        <Field
          label="Person or team"
          name="q"
          type="search"
          autoComplete="off"
          maxLength={100}
          defaultValue={searched}
          className="min-w-0 flex-1"
        />
        <SubmitButton look="secondary">
          <Search aria-hidden className="size-4" />
          Search
        </SubmitButton>
      </Form>
      {searched && (
        <div role="status" className="sr-only">
          {found.length === 1 ? "One is found." : `${found.length} are found.`}
        </div>
      )}
      {searched && found.length === 0 && (
        <p className="text-sm text-muted">
          Nobody and no team matches “{searched}”. Try a part of a name or of an email address.
        </p>
      )}
      {found.length > 0 && (
        <ul
          aria-label="Found"
          className="divide-y divide-line overflow-hidden rounded-2xl border border-line bg-surface"
        >
          {found.map((entry) => (
            <FoundHolder
              key={entry.id}
              thing={thing}
              access={access}
              entry={entry}
              share={share}
              error={refused?.holder === `${entry.kind}:${entry.id}` ? refused.message : undefined}
            />
          ))}
        </ul>
      )}
    </section>
  );
}
