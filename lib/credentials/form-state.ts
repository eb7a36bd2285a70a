import { keepFields, textField } from "@/lib/action-result";
import { changesInWords } from "@/lib/connectors/base-url-diagnosis";
import { withoutSignIn } from "@/lib/connectors/bitbucket-server/sign-in-in-text";
import { defaultKind } from "@/lib/connectors/kinds";
import { connectorOf, findKind } from "@/lib/connectors/registry";
import { mayBeApiKey } from "@/lib/text/api-key-shape";
import { credentialFormFields } from "./form-schema";

const keepPlain = keepFields(...Object.keys(credentialFormFields));

/**
 * What the Add New Credential form gets back after a refusal: never the password, the first field only when it is no
 * API key, and the address normalized (in `baseUrlNormalized` what was changed), so without a user name and password that were
 * pasted with it.
 */
export function keepTyped(form: FormData): Record<string, string> {
  const username = textField(form, "username");
  const password = textField(form, "password").trim();
  // A lone first field is a key, or a user name whose password was forgotten: then it is as short as names are.
  const isLone = password === "" && username.length > 20 && !username.includes("@");
  const isSecret = isLone || mayBeApiKey(username) || username.trim() === password;
  return {
    ...keepPlain(form),
    // An address that was offered, and pressed, is put into the field: what it comes to is judged like a typed one.
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

// What stands before an @ may be a password, whatever the rest is.
function withoutSecrets(typed: string): string {
  if (mayBeApiKey(typed.trim())) return "";
  // A single word can be told apart at its @; a command or a sentence is kept, but for what signs in.
  return /\s/.test(typed.trim()) ? withoutSignIn(typed) : typed.replace(/^(\s*[a-z+]+:\/*)?.*@/is, "$1");
}
