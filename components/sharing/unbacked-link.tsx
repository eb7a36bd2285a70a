import Link from "next/link";
import { Notice } from "@/components/ui/notice";
import { type Addressed, sharePath } from "@/lib/paths";

/** Tells on the page of a thing that access to it was given by people who may not share it any more. */
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
