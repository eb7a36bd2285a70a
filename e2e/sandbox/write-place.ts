import type { Level } from "./accounts";
import type { Answer } from "./answer";
import { type Call, forRepository, forSignedIn } from "./call";
import type { Repository } from "./company";
import { forbidden, repositoryArchived } from "./errors";
import type { Caller } from "./sign-in";
import type { Content } from "./world/content";

/** A repository that is to change, and who changes it. */
export interface WritePlace {
  repository: Repository;
  content: Content;
  caller: Caller;
}

/** Finds the repository of the path for a signed-in caller with this level on it. */
export function forOwnRepository(call: Call, level: Level, answer: (place: WritePlace) => Answer): Answer {
  return forRepository(call, level, (repository) =>
    forSignedIn(call, (caller) =>
      answer({ repository, content: call.instance.world.contentOf(repository), caller }),
    ),
  );
}

/** The same for what an archived repository does not take. */
export function forActiveRepository(call: Call, level: Level, answer: (place: WritePlace) => Answer): Answer {
  return forOwnRepository(call, level, (place) => {
    const { archived, project, slug } = place.repository;
    return archived ? repositoryArchived(project.key, slug) : answer(place);
  });
}

/** Refuses the keys of projects and repositories, behind which there is nobody who could be a commit's author. */
export function forPerson({ account }: Caller, answer: () => Answer): Answer {
  return account.type === "NORMAL"
    ? answer()
    : forbidden("This needs a user: the key of a project or repository has none.");
}
