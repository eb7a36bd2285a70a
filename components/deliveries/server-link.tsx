import type { ReactNode } from "react";

/** A link that has been found to lead below the server's base URL. */
export function ServerLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <a
      href={href}
      target="_blank"
      rel="noreferrer"
      className="inline-block py-0.5 font-medium text-accent underline underline-offset-4"
    >
      {children}
    </a>
  );
}
