import { usage } from "./report";
import { type Verb, verbs } from "./verbs";

/** What a call of the command asks for: a verb, help, or something unknown, with the reason. */
export type Call =
  | { readonly kind: "verb"; readonly verb: Verb; readonly argument: string | undefined }
  | { readonly kind: "help" }
  | { readonly kind: "wrong"; readonly text: string };

/** Reads the arguments of `npm run keys --`. */
export function readCall([name, argument, ...rest]: readonly string[]): Call {
  if (name === "help" || name === "--help") return { kind: "help" };
  const wrong = (problem: string): Call => ({ kind: "wrong", text: `${problem}\n\n${usage}` });
  if (!name) return wrong("A verb is missing.");
  const verb = Object.hasOwn(verbs, name) ? verbs[name] : undefined;
  if (!verb) return wrong(`There is no verb “${name}”.`);
  if (rest.length > 0 || (argument && name !== "rotate-data")) {
    return wrong(`${name} takes no such argument.`);
  }
  return { kind: "verb", verb, argument };
}
