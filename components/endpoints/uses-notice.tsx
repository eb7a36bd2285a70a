import { Link } from "@/components/ui/link";
import { Notice } from "@/components/ui/notice";
import type { CredentialUses } from "@/lib/endpoints/types";
import { pathOf } from "@/lib/paths";

type Props = {
  title: string;
  uses: CredentialUses;
  /** True if the notice answers a button that was just pressed. */
  isAnswer: boolean;
};

/** Why a credential cannot be deleted: the uses that the user may see, and the number of others. */
export function UsesNotice({ title, uses, isAnswer }: Props) {
  const { shown, visible, total, hidden } = uses;
  const unlisted = visible - shown.length;
  const listedHidden = hidden.reduce((sum, { count }) => sum + count, 0);
  const others = total - visible - listedHidden;
  return (
    <Notice kind="warn" title={title} {...(isAnswer && { role: "alert" as const })}>
      {shown.length > 0 && (
        <ul className="flex list-disc flex-col gap-1 pl-4">
          {shown.map(({ id, direction, name }) => (
            <li key={id}>
              <Link href={`/${pathOf(direction)}/${id}`} className="font-medium underline underline-offset-4">
                {name}
              </Link>{" "}
              <span className="text-muted">(data {direction})</span>
            </li>
          ))}
        </ul>
      )}
      {unlisted > 0 && <p>And {unlisted} more of those that you may see.</p>}
      {hidden.length > 0 && (
        <>
          <p>
            {visible > 0
              ? "And those of others that you may not see:"
              : "Those of others that you may not see:"}
          </p>
          <ul className="flex list-disc flex-col gap-1 pl-4">
            {hidden.map(({ ownerName, ownerIsDisabled, count }) => (
              <li key={ownerName} className="[overflow-wrap:anywhere]">
                {count} of {ownerName}
                {ownerIsDisabled && <span className="text-muted"> (account disabled)</span>}
              </li>
            ))}
            {others > 0 && <li>{others} of others</li>}
          </ul>
          <p>
            Ask them to choose another credential. If you end a person’s access under Share, their sources and
            destinations no longer block this.
          </p>
        </>
      )}
      {visible > 0 && <p>Choose another credential for each of yours, or delete it, and come back.</p>}
    </Notice>
  );
}
