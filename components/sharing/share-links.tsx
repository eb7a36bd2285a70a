import { UsersRound } from "lucide-react";
import Link from "next/link";
import { ButtonLink } from "@/components/ui/buttons";
import { classNames } from "@/components/ui/class-names";
import { Notice } from "@/components/ui/notice";
import { type Addressed, sharePath } from "@/lib/paths";

/** Opens the Share dialog as an overlay; users who may not share can only view it. */
export function ShareLink({ thing, mayShare }: { thing: Addressed; mayShare: boolean }) {
  return (
    <ButtonLink href={sharePath(thing)} scroll={false}>
      <UsersRound aria-hidden className="size-4" />
      {mayShare ? "Share" : "Who has access"}
    </ButtonLink>
  );
}

type Props = { thing: Addressed; name: string; mayShare: boolean; className?: string };

/** A text link to the Share dialog of one item in a list. */
export function ShareTextLink({ thing, name, mayShare, className }: Props) {
  return (
    <Link
      href={sharePath(thing)}
      prefetch={false}
      scroll={false}
      className={classNames(
        "-my-0.5 inline-block py-0.5 text-accent underline underline-offset-4",
        className,
      )}
    >
      {mayShare ? "Share" : "Who has access"}
      <span className="sr-only">: {name}</span>
    </Link>
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
          ? "One access right was given by somebody who may not share this any more"
          : `${count} access rights were given by people who may not share this any more`
      }
    >
      <p>
        It still works.{" "}
        <Link
          href={sharePath(thing)}
          prefetch={false}
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
