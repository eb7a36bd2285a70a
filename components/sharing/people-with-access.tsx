import type { PersonWithAccess } from "@/lib/sharing/types";
import { roleInWords, wayInWords } from "./role-in-words";

/** Everybody who has access, by all the ways that lead there; the people behind a team are only here. */
export function PeopleWithAccess({ people, more }: { people: readonly PersonWithAccess[]; more: boolean }) {
  return (
    <details className="rounded-2xl border border-line bg-sunken px-4 py-3">
      <summary className="cursor-pointer rounded-lg text-sm font-medium">
        Everybody, and why ({more ? `more than ${people.length}` : people.length})
      </summary>
      <ul className="mt-3 flex flex-col gap-3">
        {people.map(({ id, name, role, ways }) => (
          <li key={id} className="flex flex-col text-sm">
            <span className="font-medium break-words">
              {name} <span className="font-normal text-muted">· {roleInWords(role)}</span>
            </span>
            {ways.map((way) => (
              <span key={wayInWords(way)} className="break-words text-muted">
                {wayInWords(way)}
              </span>
            ))}
          </li>
        ))}
      </ul>
      {more && <p className="mt-3 text-sm text-muted">The list ends here; there are more people.</p>}
    </details>
  );
}
