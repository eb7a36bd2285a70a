import "server-only";
import type { BaseUrl } from "@/lib/connectors/base-url";
import type { CheckedAccess, SignIn, VerifiedOutcome } from "@/lib/connectors/types";
import type { FoundAccount } from "./access";
import { fetchAvatar } from "./avatar";
import { askKeyEnd } from "./key-expiry";
import { keyKindOf } from "./key-kind";
import type { Questions } from "./questions";
import { askAllowance } from "./request-allowance";
import { together } from "./together";

type Proven = Omit<FoundAccount, "email"> & {
  readonly access: CheckedAccess;
  readonly scheme: SignIn["scheme"];
  /** The API key's id; null for a password and for keys without one. */
  readonly keyId: string | null;
  readonly baseUrl: BaseUrl;
};

type Learnt = Pick<VerifiedOutcome, "keyKind" | "keyEndsAt" | "allowance" | "avatar">;

/**
 * Asks for further details of a verified credential. They are optional: a refusal leaves its detail unknown and does
 * not change the verdict.
 */
export async function learnMore(questions: Questions, proven: Proven): Promise<Learnt> {
  const { account, avatarUrl, scheme, keyId, baseUrl } = proven;
  const [allowance, avatar] = await together(questions, [
    () => askAllowance(questions, account.slug),
    () => fetchAvatar(questions, baseUrl, avatarUrl),
  ]);
  const keyKind = scheme === "bearer" ? keyKindOf(proven) : null;
  // Last, because most servers refuse this request, and a refusal may end the conversation.
  const keyEndsAt = keyKind === "user" ? await askKeyEnd(questions, keyId, account.slug) : null;
  return { keyKind, keyEndsAt, allowance, avatar };
}
