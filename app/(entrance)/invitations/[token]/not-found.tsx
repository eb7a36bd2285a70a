import { ButtonLink } from "@/components/ui/buttons";
import { Entrance } from "@/components/users/entrance";

/** Expired, used, revoked and unknown links look the same. */
export default function NoSuchInvitation() {
  return (
    <Entrance title="This invitation does not work" lead="" other={null}>
      <div className="flex flex-col gap-5">
        <p>It may have been used, taken back, or be too old. Ask the sender for a new one.</p>
        <ButtonLink href="/" className="self-start">
          Start page
        </ButtonLink>
      </div>
    </Entrance>
  );
}
