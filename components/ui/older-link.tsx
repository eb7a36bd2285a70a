import { ButtonLink } from "./button-link";

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
