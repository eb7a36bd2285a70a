import type { ReactNode } from "react";

/** The Authenticate screen, with a slot above it for the overlay, which has an address of its own. */
export default function ConnectorLayout({ children, overlay }: { children: ReactNode; overlay: ReactNode }) {
  return (
    <>
      {children}
      {overlay}
    </>
  );
}
