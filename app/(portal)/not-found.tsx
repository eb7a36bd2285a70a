import { NothingHere } from "@/components/portal/nothing-here";

export default function NotFound() {
  return <NothingHere />;
}
