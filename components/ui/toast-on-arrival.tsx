"use client";

import dynamic from "next/dynamic";
import { useEffect } from "react";

// Fetched only by a page that has something to tell.
const ToastStack = dynamic(() => import("./toast-stack").then((module) => module.ToastStack), { ssr: false });

type Props = {
  title: string;
  /** The search parameter that brought the news; taken out of the address, so that a reload does not tell it again. */
  parameter: string;
};

/** Tells of what was just done, to eyes and to a screen reader, on the page where one arrives afterwards. */
export function ToastOnArrival({ title, parameter }: Props) {
  useEffect(() => {
    const address = new URL(window.location.href);
    address.searchParams.delete(parameter);
    window.history.replaceState(window.history.state, "", address);
  }, [parameter]);
  return <ToastStack title={title} />;
}
