import Link from "next/link";
import type { ComponentProps } from "react";
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
