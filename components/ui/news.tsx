import { Notice } from "./notice";
import { ToastOnArrival } from "./toast-on-arrival";

type Props = {
  title: string;
  /** The search parameter that brought the news. */
  parameter: string;
};

/** Tells of what was just done, on the page where one arrives afterwards: at once, and as long as one stays. */
export function News({ title, parameter }: Props) {
  return (
    <>
      <ToastOnArrival title={title} parameter={parameter} />
      <Notice kind="good" title={title} />
    </>
  );
}
