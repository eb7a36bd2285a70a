import type { Metadata } from "next";
import { ButtonLink } from "@/components/ui/buttons";
import { Entrance } from "@/components/users/entrance";

export const metadata: Metadata = { title: "The new password is set" };

export default function PasswordIsSetPage() {
  return (
    <Entrance title="The new password is set" lead="All sessions of the account have ended." other={null}>
      <ButtonLink href="/sign-in" look="primary" className="self-start">
        Sign in
      </ButtonLink>
    </Entrance>
  );
}
