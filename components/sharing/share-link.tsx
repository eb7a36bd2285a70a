import { UsersRound } from "lucide-react";
import { ButtonLink } from "@/components/ui/button-link";
import { type Addressed, sharePath } from "@/lib/paths";

/** Opens the Share dialog over the page one is on; whoever may not share can look. */
export function ShareLink({ thing, mayShare }: { thing: Addressed; mayShare: boolean }) {
  return (
    <ButtonLink href={sharePath(thing)} scroll={false}>
      <UsersRound aria-hidden className="size-4" />
      {mayShare ? "Share" : "Who has access"}
    </ButtonLink>
  );
}
