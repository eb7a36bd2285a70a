import type { ReactNode } from "react";
import { Announcement } from "./announcement";
import { Notice } from "./notice";

type Props = {
  kind?: "good" | "info" | "warn";
  title: string;
  /** The search parameter that brought the news. */
  parameter: string;
  children?: ReactNode;
};

/** Tells of what was just done, on the page where one arrives afterwards: read out once, and there as long as one stays. */
export function FlashMessage({ kind = "good", title, parameter, children }: Props) {
  return (
    <>
      <Announcement title={title} parameter={parameter} />
      <Notice kind={kind} title={title}>
        {children}
      </Notice>
    </>
  );
}
