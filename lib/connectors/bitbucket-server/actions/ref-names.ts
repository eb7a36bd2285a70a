/** What git and Bitbucket allow as names of branches and tags. */
export const refNamePattern = {
  source: "(?![-/]|.*(?:\\.\\.|@\\{|//))[^\\s~^:?*\\[\\\\\\x00-\\x1f\\x7f]+(?<!/|\\.|\\.lock)",
  words:
    "Git does not allow this name: no blanks, “..”, “//” or ~ ^ : ? * [ \\, and no slash or dot at its end.",
};

/** The short name: `refs/heads/main` and `main` name the same branch. */
export function branchName(text: string): string {
  return text.replace(/^refs\/heads\//, "");
}

/** The short name: `refs/tags/v1` and `v1` name the same tag. */
export function tagName(text: string): string {
  return text.replace(/^refs\/tags\//, "");
}
