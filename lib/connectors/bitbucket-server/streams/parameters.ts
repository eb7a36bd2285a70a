import { splitManualPath } from "./manual-path";

/** Messages for parameters that depend on each other or have a form of their own. */
export function refuseParameters(
  stream: string,
  parameters: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const messages: Record<string, string> = {};
  if (parameters.branch === "named" && (parameters.branchName ?? "").trim() === "") {
    messages.branchName = "Enter the name of the branch, or choose another branch above.";
  }
  if (stream !== "manual") return messages;
  const path = splitManualPath(parameters.path ?? "");
  if (!path.ok) messages.path = path.message;
  const records = parameters.records ?? "";
  if (!["", "values"].includes(records) && !isPointer(records)) {
    messages.records =
      "This is no JSON pointer. Enter “values”, a pointer that begins with “/” such as /data/items, or “/” alone.";
  }
  if (/[?#]/.test(parameters.query ?? "")) {
    messages.query = "Enter the parameters without “?” and “#”, such as filter=team&order=NEWEST.";
  }
  return messages;
}

/** RFC 6901, where "/" alone stands for the whole answer: an empty text already means the default. */
function isPointer(text: string): boolean {
  return text === "/" || /^(?:\/(?:[^/~]|~[01])+)+$/.test(text);
}
