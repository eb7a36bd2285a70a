import type { ReactNode } from "react";
import { Initials } from "@/components/ui/avatar";
import { Icon } from "@/components/ui/icon";

type Props = { kind: "person" | "team"; name: string; detail: ReactNode };

/** A user or team by name, with a detail that distinguishes equal names. */
export function GranteeName({ kind, name, detail }: Props) {
  return (
    <div className="flex min-w-0 flex-1 basis-52 items-center gap-3">
      {kind === "person" ? (
        <Initials name={name} />
      ) : (
        <span className="grid size-8 shrink-0 place-items-center rounded-lg bg-sunken text-muted">
          <Icon name="users-round" className="size-4" />
        </span>
      )}
      <div className="flex min-w-0 flex-col">
        <span className="font-medium break-words">{name}</span>
        <span className="text-sm break-words text-muted">{detail}</span>
      </div>
    </div>
  );
}
