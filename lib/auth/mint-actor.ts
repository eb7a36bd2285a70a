import type { Actor, Origin } from "@/lib/actor";
import type { LiveSession } from "./sessions";

/**
 * The actor of a session that has just been read, or of a job's user. For the session gate and the job runner only:
 * an actor carries all of this user's rights.
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
  // The only cast that creates an actor: the brand exists in the type only, so no other code creates one by accident.
  return actor as Actor;
}
