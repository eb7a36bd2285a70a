import { Fact } from "@/components/ui/fact";
import { Notice } from "@/components/ui/notice";

type Props = {
  message: string;
  /** What is there since somebody else's save. */
  now: { readonly name: string; readonly description: string };
};

/** Tells the second of two editors what the first one saved; what the second one typed stays in the form below. */
export function OvertakenNotice({ message, now }: Props) {
  return (
    <Notice kind="warn" role="alert" title={message}>
      <dl className="flex flex-col gap-2">
        <Fact name="Name now">{now.name}</Fact>
        <Fact name="Description now">
          <span className="whitespace-pre-line">{now.description || "none"}</span>
        </Fact>
      </dl>
      <p>What you typed is still in the form. Press Save again to put it in place of theirs.</p>
    </Notice>
  );
}
