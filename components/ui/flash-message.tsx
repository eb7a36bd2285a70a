import type { ReactNode } from "react";
import { Announcement } from "./announcement";
import { Notice } from "./notice";

type Props = {
  kind?: "good" | "info" | "warn";
  title: string;
  /** The search parameter that brought the message. */
  parameter: string;
  children?: ReactNode;
};

/** Shows the result of the previous action on the page that follows: announced once, visible until the user leaves. */
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
