import { Notice } from "@/components/ui/notice";

/** Who set a team's webhook; a warning if that person is no owner of the team any more. */
export function SetBy({ name, isOwner }: { name: string; isOwner: boolean }) {
  if (isOwner) return <p className="text-sm wrap-anywhere text-muted">Set by {name}.</p>;
  return (
    <Notice kind="warn" title="Who set this webhook is no longer an owner of the team">
      <p className="wrap-anywhere">
        {name} set it, knows its secret, and may still read what is posted there. If that is not wanted, set
        the address again, or another one.
      </p>
    </Notice>
  );
}
