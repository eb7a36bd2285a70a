import Link from "next/link";
import type { ComponentProps } from "react";
import { ButtonLink } from "./buttons";
import { classNames } from "./class-names";

/** The linked title of a list item: a name without spaces breaks anywhere, and the target is 24 px high. */
export function TitleLink({ className, ...link }: ComponentProps<typeof Link>) {
  return (
    <Link
      prefetch={false}
      {...link}
      className={classNames(
        "-my-0.5 inline-block max-w-full self-start py-0.5 font-medium wrap-anywhere underline-offset-4 hover:underline",
        className,
      )}
    />
  );
}

/** The link below a list to its next page; nothing on the last page. */
export function OlderLink({
  href,
  label = "Show older",
}: {
  href: string | null | undefined;
  label?: string;
}) {
  if (!href) return null;
  return (
    <ButtonLink href={href} className="self-center">
      {label}
    </ButtonLink>
  );
}
