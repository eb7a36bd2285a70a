import { Search } from "lucide-react";
import Form from "next/form";
import { HolderName } from "@/components/sharing/holder-name";
import { ButtonLink } from "@/components/ui/button-link";
import { Field } from "@/components/ui/field";
import { SubmitButton } from "@/components/ui/submit-button";
import type { DirectoryEntry } from "@/lib/people/types";
import { handoverPath } from "@/lib/sharing/paths";

type Props = { credentialId: string; searched: string; found: readonly DirectoryEntry[] };

/** Finds the person to hand a credential over to; teams own nothing. */
export function ChooseRecipient({ credentialId, searched, found }: Props) {
  const path = handoverPath(credentialId);
  const people = found.filter((entry) => entry.kind === "person");
  return (
    <div className="flex flex-col gap-4">
      <Form action={path} replace role="search" className="flex items-end gap-3">
        <Field
          label="New owner"
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
      {searched && people.length === 0 && (
        <p role="status" className="text-sm text-muted">
          Nobody matches “{searched}”. Try a part of a name or of an email address.
        </p>
      )}
      {people.length > 0 && (
        <ul
          aria-label="Found"
          className="divide-y divide-line overflow-hidden rounded-2xl border border-line bg-surface"
        >
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
        </ul>
      )}
    </div>
  );
}
