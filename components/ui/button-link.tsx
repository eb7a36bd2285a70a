import Link from "next/link";
import type { ComponentProps } from "react";
import { type ButtonLook, buttonStyle } from "./button-style";

/** A link that looks like a button: it goes somewhere, so it opens in a new tab and needs no script. */
export function ButtonLink({
  look = "secondary",
  className,
  ...link
}: ComponentProps<typeof Link> & { look?: ButtonLook }) {
  return <Link prefetch={false} {...link} className={buttonStyle(look, className)} />;
}
