import { actionLabel } from "@/lib/connectors/action-catalogues";
import { streamLabel } from "@/lib/connectors/stream-catalogues";
import { type DetailsOf, type Named, type Quoted, quote, type Sentence } from "./sentence-parts";

/** What an edit did to name, description and tags. */
export function renamed(fields: readonly string[], name: string, previousName: string): Sentence {
  const others = [
    ...(fields.includes("description") ? ["description was"] : []),
    ...(fields.includes("tags") ? ["tags were"] : []),
  ];
  if (!fields.includes("name")) {
    return others.length > 0 ? [others.map((other) => `The ${other} changed.`).join(" ")] : [];
  }
  const described = others.map((other) => ` The ${other} changed too.`).join("");
  return ["The name is ", quote(name), " instead of ", quote(previousName), ` now.${described}`];
}

/** Which credential a new source or destination uses, and what it reads or writes with it. */
export function endpointAdded(added: DetailsOf<"flow.added">, named: Named): Sentence {
  const [stream] = streamOf(added);
  const [action] = actionOf(added);
  const moves = stream ? [" reads ", stream, " with"] : action && [" writes ", action, " with"];
  const uses = moves ?? [" uses"];
  const credential = [" the credential ", named(added.credentialId), "."];
  return [`The data ${added.direction} `, quote(added.name), ...uses, ...credential];
}

/** What an edit did to a source or destination, one sentence for each change. */
export function endpointEdited(edit: DetailsOf<"flow.edited">, named: Named): Sentence {
  const { direction, fields, name, previousName, credentialId, previousCredentialId } = edit;
  const sentences: Sentence[] = [renamed(fields, name, previousName)];
  if (fields.includes("credential")) {
    const now = credentialId === null ? "no credential" : named(credentialId);
    const instead =
      previousCredentialId === null ? [" now."] : [" instead of ", named(previousCredentialId), " now."];
    sentences.push([`The data ${direction} uses the credential `, now, ...instead]);
  }
  if (fields.includes("settings")) {
    sentences.push(["What it reads was changed", ...streamOf(edit).flatMap((stream) => [": ", stream]), "."]);
  }
  if (fields.includes("writing")) {
    sentences.push([
      "What it writes was changed",
      ...actionOf(edit).flatMap((action) => [": ", action]),
      ".",
    ]);
  }
  if (fields.includes("input")) sentences.push(["Where its records come from was changed."]);
  if (fields.includes("schedule")) sentences.push(["The schedule was changed."]);
  if (fields.includes("retention")) sentences.push(["How long records and runs are kept was changed."]);
  return sentences
    .filter((sentence) => sentence.length > 0)
    .flatMap((sentence, index) => (index === 0 ? sentence : [" ", ...sentence]));
}

/** The action that a destination performs. Sources, and events from before there was a choice, have none. */
function actionOf(details: { action?: string }): Quoted[] {
  return "action" in details && details.action !== undefined ? [quote(actionLabel(details.action))] : [];
}

/** The stream that a source reads. Destinations, and events from before there was a choice, have none. */
function streamOf(details: { stream?: string }): Quoted[] {
  return "stream" in details && details.stream !== undefined ? [quote(streamLabel(details.stream))] : [];
}
