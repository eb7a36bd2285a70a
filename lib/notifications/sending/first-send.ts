import "server-only";
import { sql } from "drizzle-orm";
import { messageSends } from "@/drizzle/schema";

/** The id in the queue of the first e-mail to a team's address: the address's own, which no test of it has. */
export function idOfFirstSend({ teamMailId }: { teamMailId: string }): string {
  return teamMailId;
}

/** True for the first e-mail to a team's address; false for its tests and all else. */
export function isFirstSend({ id, teamMailId }: { id: string; teamMailId: string | null }): boolean {
  return teamMailId !== null && id === idOfFirstSend({ teamMailId });
}

/** The same as a column of a query. */
export const isFirstSendColumn = sql<boolean>`coalesce(${messageSends.id} = ${messageSends.teamMailId}, false)`;
