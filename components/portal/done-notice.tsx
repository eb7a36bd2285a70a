import type { ReactNode } from "react";
import { Notice } from "@/components/ui/notice";
import { ToastOnArrival } from "@/components/ui/toast-on-arrival";

type Props = { title: string; children?: ReactNode };

/** Says on the page where one arrives what has just been done; that page's address carries `done`. */
export function DoneNotice({ title, children }: Props) {
  return (
    <>
      <ToastOnArrival title={title} parameter="done" />
      <Notice kind="good" title={title}>
        {children}
      </Notice>
    </>
  );
}
