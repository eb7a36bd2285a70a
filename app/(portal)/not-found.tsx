import type { Metadata } from "next";
import { NothingHere } from "@/components/portal/no-access";

// Without script, Next sends only the head of this page. The root layout's title template is not applied, so this is
// the whole title.
export const metadata: Metadata = { title: { absolute: "Not found · Latchkey" } };

export default function NotFound() {
  return <NothingHere />;
}
