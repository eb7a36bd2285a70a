import { ButtonLink } from "@/components/ui/buttons";
import { Icon } from "@/components/ui/icon";
import { Link } from "@/components/ui/link";
import { Notice } from "@/components/ui/notice";
import { type Addressed, sharePath } from "@/lib/paths";

/** Opens the Share dialog as an overlay; users who may not share can only view it. */
export function ShareLink({ thing, mayShare }: { thing: Addressed; mayShare: boolean }) {
  return (
    <ButtonLink href={sharePath(thing)} scroll={false}>
      <Icon name="users-round" className="size-4" />
      {mayShare ? "Share" : "Who has access"}
    </ButtonLink>
  );
}

/** Says on an item's page that users who may no longer share gave access to it. */
export function UnbackedLink({ thing, count }: { thing: Addressed; count: number }) {
  if (count === 0) return null;
  return (
    <Notice
      kind="warn"
      title={
        count === 1
          ? "One access right was given by a user who may no longer share this"
          : `${count} access rights were given by people who may not share this any more`
      }
    >
      <p>
        It still works.{" "}
        <Link
          href={sharePath(thing)}
          scroll={false}
          className="font-medium text-accent underline underline-offset-4"
        >
          Look at them
        </Link>
        , and keep or remove each.
      </p>
    </Notice>
  );
}
