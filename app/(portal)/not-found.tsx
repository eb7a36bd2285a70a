import type { Metadata } from "next";
import { NothingHere } from "@/components/portal/no-access";

// Reaches the browser without script too, where Next sends no more of this page than its head; the root's template is not applied.
export const metadata: Metadata = { title: { absolute: "Not found · Latchkey" } };

export default function NotFound() {
  return <NothingHere />;
}
