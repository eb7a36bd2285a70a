import type { Action, ActionField, Values } from "@/lib/connectors/action";
import type { Json } from "@/lib/connectors/stream-reader";

const commit = "4f4b0ef1714a5b6cafdaf2f53c7f5f5b38fb9348";

/** What a field's name asks for, where its type does not say enough. */
const byName: Readonly<Record<string, Json>> = {
  commit,
  fromCommit: commit,
  startPoint: "main",
  from: "feature/basket",
  to: "main",
  target: "main",
  branch: "main",
  path: "docs/read-me.md",
  url: "https://example.com/hook",
  link: "https://example.com/1",
  logoUrl: "https://example.com/logo.png",
  environmentUrl: "https://example.com/env",
  ref: "refs/heads/main",
  events: ["repo:refs_changed"],
  name: "abc-1",
  key: "ABC1",
  permission: "REPO_READ",
  lookup: "/rest/api/1.0/projects/X",
  query: "a=b",
};

/** Values for every field of an action, or for those only that it requires. */
export function valuesFor(action: Action, which: "all" | "required" = "all"): Values {
  const isManual = action.id.startsWith("manual-");
  return Object.fromEntries(
    action.fields
      .filter(({ isRequired }) => which === "all" || isRequired)
      .map((field) => [field.name, isManual && field.name === "path" ? "/rest/x/1.0/y" : sampleOf(field)]),
  );
}

function sampleOf({ name, type, choices, least }: ActionField): Json {
  if (type === "choice") return byName[name] ?? choices?.[0] ?? "";
  if (type === "int") return least ?? 1;
  if (type === "bool") return true;
  if (type === "timestamp") return 1_700_000_000_000;
  if (type === "list") return byName[name] ?? ["jim"];
  if (type === "json") return byName[name] ?? { text: "Hello" };
  return byName[name] ?? "abc";
}
