"use client";

import { createContext, type ReactNode, useContext } from "react";
import { type Display, usualDisplay } from "@/lib/display/types";

const DisplayContext = createContext<Display>(usualDisplay);

/** Tells all that is inside how this browser shows the portal. */
export function DisplayProvider({ display, children }: { display: Display; children: ReactNode }) {
  return <DisplayContext value={display}>{children}</DisplayContext>;
}

/** How this browser shows the portal. */
export function useDisplay(): Display {
  return useContext(DisplayContext);
}
