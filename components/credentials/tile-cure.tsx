import { Link } from "@/components/ui/link";
import { mayOnCredential } from "@/lib/credentials/policy";
import type { Unusable } from "@/lib/credentials/shown-status";
import { unusableInWords } from "@/lib/credentials/unusable-words";
import { credentialPath, credentialPaths } from "@/lib/paths";
import type { ShownTile } from "./shown-tile";

type Props = {
  tile: ShownTile;
  unusable: Unusable;
  /** True after Next: then it is announced. */
  isAlert: boolean;
};

/** Why a tile cannot be used, and the link to its cure; the stylesheet shows it once the tile is chosen. */
export function TileCure({ tile: { id, name, role, ownerName }, unusable, isAlert }: Props) {
  const isReplaced = unusable !== "locked" && mayOnCredential(role, "replaceSecret");
  return (
    <span className="tile-cure" role={isAlert ? "alert" : undefined}>
      {unusableInWords(unusable, { role, ownerName })}
      <Link
        href={isReplaced ? credentialPaths(id).replaceSecret : credentialPath(id)}
        className="font-medium underline underline-offset-4"
      >
        {isReplaced ? "Replace secret" : "Look at the credential"}
        <span className="sr-only">: {name}</span>
      </Link>
    </span>
  );
}
