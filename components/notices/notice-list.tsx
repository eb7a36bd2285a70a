import { ActionButton } from "@/components/portal/action-button";
import { KeptFocus } from "@/components/ui/kept-focus";
import { Link } from "@/components/ui/link";
import { Notice } from "@/components/ui/notice";
import { TimeAgo } from "@/components/ui/time-ago";
import type { FormAction } from "@/lib/action-result";
import type { Notice as Told } from "@/lib/notices/types";
import { noticeInWords } from "./notice-in-words";

type Props = { notices: readonly Told[]; dismiss: FormAction<unknown>; now: string };

/** The user's notices, above every page until the user dismisses them. */
export function NoticeList({ notices, dismiss, now }: Props) {
  if (notices.length === 0) return null;
  return (
    <KeptFocus>
      <ul aria-label="Notices" className="mb-6 flex flex-col gap-3">
        {notices.map((notice) => {
          const { title, text, link } = noticeInWords(notice);
          return (
            <li key={notice.id}>
              <Notice kind="warn" title={title}>
                <p>
                  {text}{" "}
                  {link && (
                    <Link href={link.href} className="font-medium text-accent underline underline-offset-4">
                      {link.label}
                    </Link>
                  )}{" "}
                  <span className="text-muted">
                    <TimeAgo at={notice.at} now={now} />
                  </span>
                </p>
                <ActionButton action={dismiss} fields={{ noticeId: notice.id }} whom={`“${title}”`}>
                  Got it
                </ActionButton>
              </Notice>
            </li>
          );
        })}
      </ul>
    </KeptFocus>
  );
}
