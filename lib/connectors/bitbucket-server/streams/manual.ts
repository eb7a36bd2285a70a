import { define } from "./definition";
import { groupNames, serverScope } from "./shared";

export const manual = define(
  {
    id: "manual",
    label: "Manual request",
    group: groupNames.other,
    note: "Any list or object of the server’s REST interface.",
    right: "As the path needs",
    since: null,
    scopes: serverScope,
    parameters: [
      {
        name: "path",
        label: "Path",
        hint: "Begins with /rest/, such as /rest/api/1.0/admin/groups.",
        choices: null,
        isRequired: true,
      },
      {
        name: "query",
        label: "Query parameters",
        hint: "Such as filter=team&order=NEWEST. Paging is added.",
        choices: null,
        isRequired: false,
      },
      {
        name: "records",
        label: "Where the records are",
        hint: "“values” for a usual list, a JSON pointer such as /data/items, or “/” for the whole answer.",
        choices: null,
        isRequired: false,
      },
      {
        name: "key",
        label: "Key field",
        hint: "The field that tells records apart, such as id or user.id. Empty: the whole record does.",
        choices: null,
        isRequired: false,
      },
    ],
    key: ["record_key"],
    mode: "snapshot",
  },
  {
    level: "server",
    way: "manual",
    lists: [],
    sources: [
      ["record_key", "text", "key"],
      ["record", "json", "record"],
    ],
  },
);
