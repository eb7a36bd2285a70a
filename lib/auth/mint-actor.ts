import type { Actor, Origin } from "@/lib/actor";
import type { LiveSession } from "./sessions";

/**
 * The actor of a session that has just been read, or of a job whose person has. For the session gate and the job runner
 * alone: whoever holds an actor may do all that this person may.
 */
export function mintActor(session: LiveSession, requestId: string, origin: Origin): Actor {
  const actor = {
    userId: session.user.id,
    sessionId: session.id,
    name: session.user.name,
    email: session.user.email,
    isAdministrator: session.user.role === "administrator",
    requestId,
    origin,
  };
  // The one cast that makes an actor: the brand exists in the type only, so nothing else can make one by accident.
  return actor as Actor;
}
