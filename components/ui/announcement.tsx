"use client";

import { useEffect, useState } from "react";

type Props = {
  title: string;
  /** The search parameter that brought the message; removed from the address, so that a reload does not repeat it. */
  parameter: string;
};

/** Announces the result of the previous action to screen readers on the page that follows. */
export function Announcement({ title, parameter }: Props) {
  const [said, setSaid] = useState("");

  useEffect(() => {
    const address = new URL(window.location.href);
    address.searchParams.delete(parameter);
    window.history.replaceState(window.history.state, "", address);
  }, [parameter]);

  // Screen readers announce only changes in a live region, so it starts empty; the delay lets them read the page's
  // title first.
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
