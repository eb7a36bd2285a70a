import type { ActionField } from "@/lib/connectors/action";
import type { JsonObject } from "@/lib/connectors/stream-reader";
import { storableText } from "@/lib/text/storable-text";
import { columnValue, plainText } from "./plain-text";
import type { TemplatePart } from "./template";

/**
 * A path in which column values are escaped: none of them can add a segment, a query or a fragment, and a segment that
 * is "." or ".." is refused. A column without a value is refused too: the path would name something else. As the
 * `whole` path, a column's value keeps its slashes, and one with a query is refused.
 */
export function fillPath(
  field: ActionField,
  parts: readonly TemplatePart[],
  data: JsonObject,
  extent: "part" | "whole",
) {
  let path = "";
  for (const part of parts) {
    if (part.kind === "text") {
      path += part.text;
      continue;
    }
    const text = storableText(plainText(columnValue(data, part.column)));
    if (text === "")
      return refused(`“${field.label}” needs the column “${part.column}”, which is empty here.`);
    // Escaped, it would name something else; as it is, the record would choose the query.
    if (extent === "whole" && /[?#]/.test(text)) {
      return refused(
        `“${field.label}” takes no “?” or “#” from a column alone. Use a text, such as /rest/…?name={{column}}.`,
      );
    }
    path += extent === "whole" ? text.split("/").map(encodeURIComponent).join("/") : encodeURIComponent(text);
  }
  if (path.split(/[/\\?#]/).some((segment) => /^(?:\.|%2e){1,2}$/i.test(segment))) {
    return refused(`“${field.label}” contains “.” or “..” as a part, which leads elsewhere.`);
  }
  return { kind: "raw" as const, value: path };
}

function refused(message: string) {
  return { kind: "refused" as const, message };
}
