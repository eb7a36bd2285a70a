"use client";

import { useEffect, useState } from "react";

type Props = {
  title: string;
  /** The search parameter that brought the news; taken out of the address, so that a reload does not tell it again. */
  parameter: string;
};

/** Reads out to a screen reader what was just done, on the page where one arrives afterwards. */
export function Announcement({ title, parameter }: Props) {
  const [said, setSaid] = useState("");

  useEffect(() => {
    const address = new URL(window.location.href);
    address.searchParams.delete(parameter);
    window.history.replaceState(window.history.state, "", address);
  }, [parameter]);

  // Only what changes in a live region is read out, so it comes empty; and not at once, when the page's title is read.
  useEffect(() => {
    const timer = window.setTimeout(() => setSaid(title), 500);
    return () => window.clearTimeout(timer);
  }, [title]);

  return (
    <p role="status" className="sr-only">
      {said}
    </p>
  );
}
