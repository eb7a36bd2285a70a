import { type BaseUrlDiagnosis, refuseAddress } from "@/lib/connectors/base-url-diagnosis";

type Found = Extract<BaseUrlDiagnosis, { ok: true }>;

/**
 * The one server that all links of a text lead to. Links to one host count as one if they differ by scheme, or if one
 * is an ssh link, which gives no web address; the https link is preferred. Several servers are refused by name. Null
 * without any link.
 */
export function oneOf(answers: readonly BaseUrlDiagnosis[]): BaseUrlDiagnosis | null {
  const [first, ...others] = answers;
  if (first === undefined) return null;
  const found = answers.filter((answer) => answer.ok);
  if (others.length === 0 || (found.length === 0 && isSame(answers))) return first;
  if (found.length < answers.length) return severalAddresses(found);

  const best = found.toSorted((one, other) => rank(one) - rank(other))[0];
  return best !== undefined && found.every((other) => isCovered(other, best))
    ? best
    : severalAddresses(found);
}

function isSame(answers: readonly BaseUrlDiagnosis[]): boolean {
  return new Set(answers.map((answer) => (answer.ok ? "" : answer.problem))).size === 1;
}

function rank(answer: Found): number {
  if (isSsh(answer)) return 2;
  return answer.baseUrl.protocol === "https:" ? 0 : 1;
}

/** True if a link adds nothing to the better one. */
function isCovered(answer: Found, best: Found): boolean {
  const [one, other] = [answer.baseUrl, best.baseUrl];
  if (one.href === other.href) return true;
  if (isSsh(answer)) return one.hostname === other.hostname;
  return one.host === other.host && one.contextPath === other.contextPath;
}

function isSsh({ changes }: Found): boolean {
  return changes.some(({ kind }) => kind === "SSH_LINK");
}

function severalAddresses(found: readonly Found[]): BaseUrlDiagnosis {
  const names = [...new Set(found.map(({ baseUrl }) => baseUrl.href))];
  const listed = names.length > 1 && names.length < 4 ? `: ${names.join(", ")}` : "";
  return refuseAddress(
    "SEVERAL_ADDRESSES",
    `This holds several addresses${listed}. Leave only the one of your Bitbucket Server.`,
  );
}
