import type { ActionField, Problem, Values } from "@/lib/connectors/action";
import { splitManualPath } from "../streams/manual-path";
import { defineAction, field, required } from "./definition";
import { groupNames } from "./shared";

const path = required("path", "Path", "path", {
  hint: "Begins with /rest/. What a {{column}} brings is escaped, so that it stays one part of the path.",
  longest: 2_000,
});
const query = field("query", "Query parameters", "path", {
  hint: "Such as name={{user}}&permission=REPO_READ.",
  longest: 2_000,
});
const body = field("body", "Body", "json", {
  hint: "JSON. A text that is {{column}} alone keeps the column’s type. Mappings hold no secrets: they are stored readable.",
});
const lookup = (what: string): ActionField =>
  field("lookup", "Lookup path", "path", { hint: `A path that is read first: ${what}.`, longest: 2_000 });

export const manualRequest = defineAction({
  id: "manual-request",
  label: "Manual request",
  group: groupNames.other,
  note: "POST or PUT to any path of the server’s REST interface.",
  right: "The right that the path asks for",
  fields: [
    required("method", "Method", "choice", { choices: ["POST", "PUT"], columns: ["verb"] }),
    path,
    query,
    body,
    lookup("if something is found there, it counts as already there"),
  ],
  matchKey: "record",
  target: ["path"],
  refuse: (values) => [...refusePaths(values), ...refuseDangers(values)],
});

export const manualDeletion = defineAction({
  id: "manual-deletion",
  label: "Manual deletion",
  group: groupNames.other,
  note: "DELETE of any path of the server’s REST interface. What is not there counts as deleted.",
  right: "The right that the path asks for",
  fields: [path, query, body, lookup("if nothing is found there, it counts as deleted")],
  matchKey: ["path", "query"],
  danger: "delete",
  target: ["path"],
  refuse: refusePaths,
});

function refusePaths(values: Values): Problem[] {
  return ["path", "lookup"].flatMap((name) => {
    const value = values[name];
    if (value === undefined) return [];
    const text = String(value);
    const split = splitManualPath(text, name === "path" ? "written" : "read");
    if (!split.ok) return [{ field: name, message: split.message }];
    return text.includes("#") ? [{ field: name, message: "A path has no “#”. Write it as %23." }] : [];
  });
}

/** What has a switch of its own on the destination, and so an action of its own. */
const dangerous: readonly (readonly [RegExp, string])[] = [
  [/\/pull-requests\/[^/]*\/merge(?:\/|$)/, "Merge a pull request"],
  [/\/pull-requests\/[^/]*\/decline(?:\/|$)/, "Decline a pull request"],
  [/\/permissions(?:\/|$)|\/admin\/(?:users|groups)\/add-/, "Grant a right"],
];

function refuseDangers({ path: typed }: Values): Problem[] {
  const split = splitManualPath(String(typed ?? ""));
  if (!split.ok) return [];
  const decoded = decode(split.path);
  if (decoded === null) return [{ field: "path", message: "The path’s percent signs encode no text." }];
  const found = dangerous.find(([pattern]) => pattern.test(decoded));
  if (!found) return [];
  return [{ field: "path", message: `Use the action “${found[1]}” for this: it has a switch of its own.` }];
}

function decode(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}
