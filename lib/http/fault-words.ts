import type { DatabaseFault } from "@/lib/db/fault";

type Words = {
  /** What happened and what to do, for a form whose input is still there. */
  readonly message: string;
  /** The same for a whole page. */
  readonly title: string;
  readonly lead: string;
};

/** Texts for users during a database fault. A request that was sent may be lost; a change that was confirmed is not. */
export const faultWords: Readonly<Record<DatabaseFault, Words>> = {
  unavailable: {
    message:
      "The portal's database does not answer, so this was not confirmed as saved. What you typed stays here: try again in a minute.",
    title: "The portal's database does not answer",
    lead: "What was saved before is safe. The portal goes on by itself as soon as its database is back, usually within a minute.",
  },
  "read-only": {
    message:
      "The portal's database takes no changes at the moment, so nothing was saved. What you typed stays here: try again in a few minutes, or tell the portal's administrator.",
    title: "The portal's database takes no changes at the moment",
    lead: "What was saved before is safe. The portal goes on by itself as soon as its database takes changes again.",
  },
  full: {
    message:
      "The disk of the portal's database is full, so nothing was saved. What you typed stays here: tell the portal's administrator, then try again.",
    title: "The disk of the portal's database is full",
    lead: "What was saved before is safe. Tell the portal's administrator; the portal goes on by itself once there is room.",
  },
};
