import type { Answer } from "./answer";
import type { Call } from "./call";
import { forCommit } from "./commit-endpoints";
import { changesOf, changesOfAll, changeView } from "./file-changes";
import { pageFor } from "./paging";

/** GET …/commits/{id}/changes: files, against the first parent or `since`, up to the server's hard cap. */
export function listCommitChanges(call: Call): Answer {
  return forCommit(call, (_repository, content, commit) => {
    const { maxChanges } = call.instance.settings;
    const since = content.find(call.query.get("since") ?? "");
    const changes = since
      ? changesOfAll(
          content,
          content.history(commit.id, since.id).map((one) => one.id),
        )
      : changesOf(content, commit);
    return pageFor(call, {
      rows: changes.slice(0, maxChanges),
      view: changeView,
      more: { fromHash: since?.id ?? commit.parents[0] ?? null, toHash: commit.id, properties: {} },
    });
  });
}
