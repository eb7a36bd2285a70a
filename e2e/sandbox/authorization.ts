/** The content of an Authorization header, before it is checked. */
export type Authorization =
  | { scheme: "none" }
  | { scheme: "other" }
  | { scheme: "Basic"; user: string; secret: string }
  | { scheme: "Bearer"; secret: string };

/** Parses an Authorization header; an undecodable Basic one gives an empty name and secret. */
export function readAuthorization(header: string | undefined): Authorization {
  if (header === undefined || header.trim() === "") return { scheme: "none" };
  const [word = "", rest = ""] = header.trim().split(/\s+(.*)/s);
  switch (word.toLowerCase()) {
    case "basic":
      return { scheme: "Basic", ...readBasic(rest) };
    case "bearer":
      // Without a token there is nothing to refuse: the caller stays anonymous.
      return rest === "" ? { scheme: "none" } : { scheme: "Bearer", secret: rest };
    default:
      return { scheme: "other" };
  }
}

function readBasic(encoded: string): { user: string; secret: string } {
  const decoded = Buffer.from(encoded, "base64").toString("utf8");
  const colon = decoded.indexOf(":");
  if (colon < 0) return { user: "", secret: "" };
  return { user: decoded.slice(0, colon), secret: decoded.slice(colon + 1) };
}
