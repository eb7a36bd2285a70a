import "server-only";
import type { Tx } from "@/lib/db/types";
import { type Message, writeMessage } from "@/lib/notifications/writing/write";
import { writeToTeams } from "@/lib/notifications/writing/write-to-teams";
import { type About, hearersOf, teamsHearingOf } from "./recipients";

/** Tells the users and teams who hear of what the message is about, by current rights. */
export async function tell(tx: Tx, message: Message & { readonly about: About }): Promise<void> {
  await writeMessage(tx, await hearersOf(tx, message.about), message);
  await writeToTeams(tx, await teamsHearingOf(tx, message.about), message);
}
