import type { Metadata } from "next";
import { NothingHere } from "@/components/portal/nothing-here";

/** Reaches the browser without script too, where Next sends no more of this page than its head. */
export const metadata: Metadata = { title: "Not found" };

export default function NotFound() {
  return <NothingHere />;
}
