import type { ComponentProps } from "react";

type Props = ComponentProps<"a"> & {
  href: string;
  /** False if the page keeps its scroll position, as below an overlay. */
  scroll?: boolean;
};

/**
 * A link to a page of the portal. A plain anchor, which `FollowedLinks` follows without loading the page anew:
 * next/link is a client component, and a hundred of them were a large part of a page's processor time.
 */
export function Link({ scroll = true, ...anchor }: Props) {
  return <a {...anchor} data-followed={scroll ? "" : "in-place"} />;
}
