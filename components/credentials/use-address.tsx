"use client";

import type { MouseEvent } from "react";
import { buttonStyle } from "@/components/ui/buttons";

type Props = {
  /** The base URL that the server named. */
  movedTo: string;
  /** Puts the address into the address field. */
  fillIn: (baseUrl: string) => void;
};

/**
 * Fills in the address to which the server has moved. Without script the portal sends the form back with that address.
 */
export function UseAddress({ movedTo, fillIn }: Props) {
  function onClick(event: MouseEvent): void {
    event.preventDefault();
    fillIn(movedTo);
  }
  return (
    <button
      type="submit"
      name="fillIn"
      value={movedTo}
      formNoValidate
      onClick={onClick}
      className={buttonStyle("secondary", "max-w-full self-start break-all")}
    >
      Use {movedTo}
    </button>
  );
}
