import { UserRound, UsersRound } from "lucide-react";
import type { ReactNode } from "react";

type Props = { kind: "person" | "team"; name: string; detail: ReactNode };

/** A user or team by name, with a detail that distinguishes equal names. */
export function GranteeName({ kind, name, detail }: Props) {
  const Icon = kind === "team" ? UsersRound : UserRound;
  return (
    <div className="flex min-w-0 flex-1 basis-52 items-start gap-3">
      <Icon aria-hidden className="mt-1 size-4 shrink-0 text-muted" />
      <div className="flex min-w-0 flex-col">
        <span className="font-medium break-words">{name}</span>
        <span className="text-sm break-words text-muted">{detail}</span>
      </div>
    </div>
  );
}
