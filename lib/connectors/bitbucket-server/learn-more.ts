import "server-only";
import type { BaseUrl } from "@/lib/connectors/base-url";
import type { CheckedAccess, SignIn, VerifiedOutcome } from "@/lib/connectors/types";
import type { FoundAccount } from "./access";
import { fetchAvatar } from "./avatar";
import { askKeyEnd } from "./key-expiry";
import { keyKindOf } from "./key-kind";
import type { Questions } from "./questions";
import { askAllowance } from "./request-allowance";

type Proven = Omit<FoundAccount, "email"> & {
  readonly access: CheckedAccess;
  readonly scheme: SignIn["scheme"];
  /** The id of the API key; null for a password and for keys without one. */
  readonly keyId: string | null;
  readonly baseUrl: BaseUrl;
};

type Learnt = Pick<VerifiedOutcome, "keyKind" | "keyEndsAt" | "allowance" | "avatar">;

/**
 * Asks for what is good to know once a credential is proven. Nothing depends on it any more: a refusal leaves its part
 * unknown, whatever it is a refusal of, and takes nothing back.
 */
export async function learnMore(questions: Questions, proven: Proven): Promise<Learnt> {
  const { account, avatarUrl, scheme, keyId, baseUrl } = proven;
  const allowance = await askAllowance(questions, account.slug);
  const avatar = await fetchAvatar(questions, baseUrl, avatarUrl);
  const keyKind = scheme === "bearer" ? keyKindOf(proven) : null;
  // Last, since most servers refuse it, and a refusal may end the conversation.
  const keyEndsAt = keyKind === "user" ? await askKeyEnd(questions, keyId, account.slug) : null;
  return { keyKind, keyEndsAt, allowance, avatar };
}
