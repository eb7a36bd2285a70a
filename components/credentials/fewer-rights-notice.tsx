import { Notice } from "@/components/ui/notice";
import { rightsInWords } from "@/lib/connectors/bitbucket-server/access-in-words";
import type { CheckedAccess } from "@/lib/connectors/types";

type Props = {
  /** What the secret before could do, and what the present one can; null if not known. */
  before: CheckedAccess | null;
  now: CheckedAccess | null;
};

/** A warning after a replacement by a secret that may do less; nothing if it may do as much, or if that is not known. */
export function FewerRightsNotice({ before, now }: Props) {
  if (before === null || now === null || !isFewer(before, now)) return null;
  return (
    <Notice kind="warn" title="The new secret has fewer rights than the one before">
      <p>
        Before: {rightsInWords(before)}. Now: {rightsInWords(now)}. What it may not read or write any more
        fails from the next run on. If that is not meant, use the one before again.
      </p>
    </Notice>
  );
}

const kinds = ["readable", "writable", "administrable"] as const;

function isFewer(before: CheckedAccess, now: CheckedAccess): boolean {
  return kinds.some((kind) => {
    const [had, has] = [before[kind], now[kind]];
    // What was counted only up to a bound may be more.
    return had !== null && has !== null && !has.more && has.count < had.count;
  });
}
