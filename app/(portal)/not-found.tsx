import { SearchX } from "lucide-react";
import { ButtonLink } from "@/components/ui/button-link";
import { EmptyState } from "@/components/ui/empty-state";

export default function NotFound() {
  return (
    <EmptyState
      isPage
      icon={SearchX}
      title="There is nothing at this address"
      action={<ButtonLink href="/">Start page</ButtonLink>}
    >
      It may have been removed, or it is not yours to see.
    </EmptyState>
  );
}
