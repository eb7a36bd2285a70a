import { ButtonLink } from "@/components/ui/buttons";
import { Entrance } from "@/components/users/entrance";

/** Expired, used, revoked and unknown links look the same. */
export default function NoSuchReset() {
  return (
    <Entrance title="This link does not work" lead="" other={null}>
      <div className="flex flex-col gap-5">
        <p>It may have been used, taken back, or be too old. Ask a portal administrator for a new one.</p>
        <ButtonLink href="/sign-in" className="self-start">
          Sign in
        </ButtonLink>
      </div>
    </Entrance>
  );
}
