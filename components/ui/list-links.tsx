import Link from "next/link";
import type { ComponentProps } from "react";
import { ButtonLink } from "./buttons";
import { classNames } from "./class-names";

/** What an item of a list is called, leading to it: a name without a space breaks where it must, and the target is 24 px high. */
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

/** Below a list that has a following page: the way to it, and nothing on the last one. */
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
