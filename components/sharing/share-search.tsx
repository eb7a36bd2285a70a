import type { BoundForm } from "@/components/forms/use-button-form";
import { RowList } from "@/components/ui/card";
import { type Addressed, sharePath } from "@/lib/paths";
import type { Access } from "@/lib/sharing/types";
import type { DirectoryEntry } from "@/lib/users/types";
import { FoundGrantee } from "./found-grantee";
import { GranteeSearch } from "./grantee-search";
import { rightsInWords } from "./roles";

type Props = {
  thing: Addressed;
  access: Access;
  searched: string;
  found: readonly DirectoryEntry[];
  share: BoundForm;
  /** The page that shows the results; undefined as an overlay. */
  page: string | undefined;
  refused: { readonly grantee: string | undefined; readonly message: string } | null;
};

/** Searches users and teams to share with; the search is in the address and needs no script. */
export function ShareSearch({ thing, access, searched, found, share, page, refused }: Props) {
  return (
    <section aria-labelledby="share-with" className="flex flex-col gap-4">
      <div className="flex flex-col gap-1">
        <h2 id="share-with" className="font-semibold">
          Share with
        </h2>
        <p className="text-sm text-muted">{rightsInWords(thing.kind)}</p>
      </div>
      <GranteeSearch
        path={page ?? sharePath(thing)}
        label="Person or team"
        searched={searched}
        isPage={page !== undefined}
      />
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
        <RowList aria-label="Found">
          {found.map((entry) => (
            <FoundGrantee
              key={entry.id}
              thing={thing}
              access={access}
              entry={entry}
              share={share}
              error={refused?.grantee === `${entry.kind}:${entry.id}` ? refused.message : undefined}
            />
          ))}
        </RowList>
      )}
    </section>
  );
}
