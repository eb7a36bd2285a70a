import Link from "next/link";
import { classNames } from "@/components/ui/class-names";
import { type Addressed, sharePath } from "@/lib/paths";

type Props = { thing: Addressed; name: string; mayShare: boolean; className?: string };

/** The quiet way to the Share dialog, beside one of many. */
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
