import type { ComponentProps } from "react";
import type { PagePaths } from "@/lib/paths";
import { ButtonLink } from "./buttons";
import { classNames } from "./class-names";
import { Link } from "./link";

/** The linked title of a list item: a name without spaces breaks anywhere, and the target is 24 px high. */
export function TitleLink({ className, ...link }: ComponentProps<typeof Link>) {
  return (
    <Link
      {...link}
      className={classNames(
        "-my-0.5 inline-block max-w-full self-start py-0.5 font-medium wrap-anywhere underline-offset-4 hover:underline",
        className,
      )}
    />
  );
}

/** The title of a list item that is a link as a whole (`linked-row`); one line on wide screens. */
export function RowLink({ title, ...link }: ComponentProps<typeof Link> & { title: string }) {
  return <TitleLink {...link} title={title} className="row-link row-first lg:my-0 lg:self-auto lg:py-0" />;
}

type PageLinksProps = {
  paths: PagePaths;
  /** False for a list in another order than the newest first. */
  isByAge?: boolean;
};

/** The links below a list to the pages beside this one; nothing if all of it is shown. */
export function PageLinks({ paths: { newer, older }, isByAge = true }: PageLinksProps) {
  if (!newer && !older) return null;
  return (
    <nav aria-label="Pages" className="flex justify-center gap-3">
      {newer && <ButtonLink href={newer}>{isByAge ? "Newer" : "Previous"}</ButtonLink>}
      {older && <ButtonLink href={older}>{isByAge ? "Older" : "Next"}</ButtonLink>}
    </nav>
  );
}
