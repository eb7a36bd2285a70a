import { News } from "@/components/ui/news";

/** Tells on a team's page what was just done to it. */
export function TeamNews({ done }: { done: string | undefined }) {
  const said = done && doneInWords[done];
  return said ? <News title={said} parameter="done" /> : null;
}

const doneInWords: Record<string, string> = {
  added: "The team is made",
  edited: "The team is saved",
  joined: "You are in the team now",
  "member-added": "The member is added",
  "member-removed": "The member is removed",
  role: "The role is changed",
  proposed: "It is proposed: an owner of the team has to agree",
  accepted: "The proposal is accepted",
  "proposal-declined": "The proposal is declined",
  "proposal-withdrawn": "The proposal is withdrawn",
};
