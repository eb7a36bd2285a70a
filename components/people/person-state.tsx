import { CircleCheck, CircleSlash, ShieldCheck } from "lucide-react";
import { Badge } from "@/components/ui/badge";
import type { Person } from "@/lib/users/types";

type Props = { person: Pick<Person, "role" | "disabledAt"> };

/** Role and state of an account, each in a word. */
export function PersonState({ person }: Props) {
  return (
    <span className="flex flex-wrap gap-1.5">
      {person.role === "administrator" && <Badge tone="plain" icon={ShieldCheck} label="Administrator" />}
      {person.disabledAt ? (
        <Badge tone="bad" icon={CircleSlash} label="Disabled" />
      ) : (
        <Badge tone="good" icon={CircleCheck} label="Enabled" />
      )}
    </span>
  );
}
