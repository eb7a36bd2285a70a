import { Notice } from "@/components/ui/notice";

type Props = { error: { readonly message: string; readonly code: string } };

/** Why an action failed, if no field is the reason; an ended session comes with a sign-in link. */
export function RefusalNotice({ error }: Props) {
  if (error.code !== "UNAUTHENTICATED") return <Notice kind="bad" role="alert" title={error.message} />;
  return (
    <Notice kind="warn" role="alert" title={error.message}>
      <p>
        <a
          href="/sign-in"
          target="_blank"
          rel="noreferrer"
          className="font-medium underline underline-offset-4"
        >
          Sign in in a new tab
        </a>
        , then come back and try again.
      </p>
    </Notice>
  );
}
