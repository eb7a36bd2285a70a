import { keepFields, textField } from "@/lib/action-result";
import { changesInWords } from "@/lib/connectors/base-url-diagnosis";
import { withoutSignIn } from "@/lib/connectors/bitbucket-server/sign-in-in-text";
import { defaultKind } from "@/lib/connectors/kinds";
import { connectorOf, findKind } from "@/lib/connectors/registry";
import { mayBeApiKey } from "@/lib/text/api-key-shape";
import { credentialFormFields } from "./form-schema";

const keepPlain = keepFields(...Object.keys(credentialFormFields));

/**
 * What the Add New Credential form gets back after a refusal: never the password, the first field only if it cannot
 * be an API key, and the base URL normalized (`baseUrlNormalized` lists the changes), so without a pasted user name
 * and password.
 */
export function keepTyped(form: FormData): Record<string, string> {
  const username = textField(form, "username");
  const password = textField(form, "password").trim();
  // The first field alone is a key, or a user name without its password: user names are short.
  const isLone = password === "" && username.length > 20 && !username.includes("@");
  const isSecret = isLone || mayBeApiKey(username) || username.trim() === password;
  return {
    ...keepPlain(form),
    // A base URL that the user accepted is filled in, and validated like a typed one.
    ...keepBaseUrl(textField(form, "fillIn") || textField(form, "baseUrl"), textField(form, "connector")),
    username: isSecret ? "" : username,
  };
}

function keepBaseUrl(typed: string, connector: string): Record<string, string> {
  const diagnosis = connectorOf(findKind(connector) ?? defaultKind).normalizeBaseUrl(typed);
  if (!diagnosis.ok) return { baseUrl: withoutSecrets(typed) };
  const baseUrl = diagnosis.baseUrl.href;
  const words = changesInWords(diagnosis);
  return words === "" ? { baseUrl } : { baseUrl, baseUrlNormalized: words };
}

// Text before an @ may be a password, whatever the rest is.
function withoutSecrets(typed: string): string {
  if (mayBeApiKey(typed.trim())) return "";
  // A single word is cut at its @; a command or sentence is kept without the sign-in in it.
  return /\s/.test(typed.trim()) ? withoutSignIn(typed) : typed.replace(/^(\s*[a-z+]+:\/*)?.*@/is, "$1");
}
