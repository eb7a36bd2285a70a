import { Link } from "@/components/ui/link";
import { Notice } from "@/components/ui/notice";
import { endpointPath } from "@/lib/paths";
import type { Fed } from "@/lib/runs/holdings";
import { countOf } from "@/lib/text/count-of";

/** Says which destinations lose their records with a source; nothing for none. */
export function FedDestinations({ fed: { shown, others, following } }: { fed: Fed }) {
  const all = shown.length + others;
  if (all === 0) return null;
  return (
    <Notice
      kind="warn"
      title={`${countOf(all, "data destination")} ${all === 1 ? "writes" : "write"} its records`}
    >
      <p>
        Without it they have nothing to write until other records are chosen.{" "}
        {followingInWords(following, all)}
        What stands on the server stays.
      </p>
      <ul className="list-disc pl-5">
        {shown.map(({ id, name }) => (
          <li key={id} className="break-words">
            <Link href={endpointPath("destination", id)} className="underline underline-offset-4">
              {name}
            </Link>
          </li>
        ))}
        {others > 0 && <li>{others} that you may not see, or that are not listed</li>}
      </ul>
    </Notice>
  );
}

function followingInWords(following: number, all: number): string {
  if (following === 0) return "";
  const who = following < all ? `${following} of them` : all === 1 ? "It" : "They";
  return `${who} ${following === 1 ? "runs" : "run"} after each run of this source. `;
}
