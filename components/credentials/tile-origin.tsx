import { UsersRound } from "lucide-react";
import { roleInWords } from "@/components/sharing/role-in-words";
import type { CredentialTile } from "@/lib/credentials/types";

/** Whose a tile is, through which teams one has it, and as what where one is not its owner. */
export function TileOrigin({ tile }: { tile: Pick<CredentialTile, "ownerName" | "role" | "teams"> }) {
  const { ownerName, role, teams } = tile;
  return (
    <span className="flex max-w-full min-w-0 flex-col items-end">
      <span className="max-w-full truncate" title={`Owner: ${ownerName}`}>
        <span className="sr-only">Owner: </span>
        {ownerName}
      </span>
      {teams.length > 0 && (
        <span className="inline-flex max-w-full items-center gap-1" title={`Team: ${teams.join(", ")}`}>
          <UsersRound aria-hidden className="size-3 shrink-0" />
          <span className="sr-only">Team: </span>
          <span className="truncate">{teams.join(", ")}</span>
        </span>
      )}
      {role !== "owner" && (
        <span>
          <span className="sr-only">Your role: </span>
          {roleInWords(role)}
        </span>
      )}
    </span>
  );
}
