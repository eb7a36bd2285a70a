import { Notice } from "@/components/ui/notice";

type Props = { name: string; isOwner: boolean; what: "webhook" | "address" };

/** Who set a team's webhook or e-mail address; a warning if that person is no owner of the team any more. */
export function SetBy({ name, isOwner, what }: Props) {
  if (isOwner) return <p className="text-sm wrap-anywhere text-muted">Set by {name}.</p>;
  return (
    <Notice kind="warn" title={`Who set this ${what} is no longer an owner of the team`}>
      <p className="wrap-anywhere">
        {name} set it{what === "webhook" && ", knows its secret,"} and may still read what is sent there. If
        that is not wanted, set {what === "webhook" ? "the address again, or another one" : "another one"}.
      </p>
    </Notice>
  );
}
