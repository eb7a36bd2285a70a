import { SubmitButton } from "@/components/ui/submit-button";

type Props = {
  pending: boolean;
  /** The permission to store without a check, where the server could not be asked. */
  uncheckedTicket: string | null;
};

/** Save, which checks, and beside it the way past a server that cannot be asked. */
export function SaveButtons({ pending, uncheckedTicket }: Props) {
  return (
    <div className="flex flex-wrap items-center gap-3 pt-1">
      <SubmitButton pending={pending} pendingLabel="Checking with the server…">
        Save
      </SubmitButton>
      {uncheckedTicket && !pending && (
        <SubmitButton look="secondary" pending={pending} name="uncheckedTicket" value={uncheckedTicket}>
          Save without checking
        </SubmitButton>
      )}
    </div>
  );
}
