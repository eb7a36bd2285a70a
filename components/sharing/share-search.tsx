import type { BoundForm } from "@/components/forms/use-button-form";
import { RowList } from "@/components/ui/card";
import type { Addressed } from "@/lib/paths";
import type { Access } from "@/lib/sharing/types";
import type { DirectoryEntry } from "@/lib/users/types";
import { FoundGrantee } from "./found-grantee";
import { foundGranteesInWords } from "./found-in-words";
import { GranteeSearch } from "./grantee-search";
import { rightsInWords } from "./roles";

type Props = {
  thing: Addressed;
  access: Access;
  searched: string;
  found: readonly DirectoryEntry[];
  share: BoundForm;
  /** The page whose address also opens as an overlay. */
  isPage: boolean;
  refused: { readonly grantee: string | undefined; readonly message: string } | null;
};

/** Searches users and teams to share with; the search is in the address and needs no script. */
export function ShareSearch({ thing, access, searched, found, share, isPage, refused }: Props) {
  return (
    <section aria-labelledby="share-with" className="flex flex-col gap-4">
      <div className="flex flex-col gap-1">
        <h2 id="share-with" className="font-semibold">
          Share with
        </h2>
        <p className="text-sm text-muted">{rightsInWords(thing.kind)}</p>
      </div>
      <GranteeSearch
        label="Person or team"
        searched={searched}
        found={searched ? foundGranteesInWords(found.length, searched, "Nobody and no team") : null}
        isPage={isPage}
      />
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
