import { HolderName } from "@/components/sharing/holder-name";
import { HolderSearch } from "@/components/sharing/holder-search";
import { ButtonLink } from "@/components/ui/button-link";
import { RowList } from "@/components/ui/row-list";
import { handoverPath } from "@/lib/paths";
import type { DirectoryEntry } from "@/lib/users/types";

type Props = { credentialId: string; searched: string; found: readonly DirectoryEntry[] };

/** Finds the person to hand a credential over to; teams own nothing. */
export function ChooseRecipient({ credentialId, searched, found }: Props) {
  const path = handoverPath(credentialId);
  const people = found.filter((entry) => entry.kind === "person");
  return (
    <div className="flex flex-col gap-4">
      <HolderSearch path={path} label="New owner" searched={searched} />
      {searched && people.length === 0 && (
        <p role="status" className="text-sm text-muted">
          Nobody matches “{searched}”. Try a part of a name or of an email address.
        </p>
      )}
      {people.length > 0 && (
        <RowList aria-label="Found">
          {people.map((person) => (
            <li
              key={person.id}
              className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 px-4 py-3"
            >
              <HolderName kind="person" name={person.name} detail={person.email} />
              <ButtonLink href={`${path}?${new URLSearchParams({ q: searched, to: person.id })}`}>
                Choose<span className="sr-only"> {person.name}</span>
              </ButtonLink>
            </li>
          ))}
        </RowList>
      )}
    </div>
  );
}
