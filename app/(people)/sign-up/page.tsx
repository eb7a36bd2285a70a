import type { Metadata } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";
import { Entrance } from "@/components/people/entrance";
import { SignUpForm } from "@/components/people/sign-up-form";
import { findActor } from "@/lib/auth/require-actor";
import { signUpAction } from "@/lib/people/actions";

export const metadata: Metadata = { title: "Create an account" };

export default async function SignUpPage() {
  if (await findActor()) redirect("/");
  return (
    <Entrance
      title="Create an account"
      lead="Your team's Bitbucket Server credentials, proven and in one place."
      other={
        <>
          Already have one?{" "}
          <Link href="/sign-in" className="font-medium text-accent underline underline-offset-4">
            Sign in
          </Link>
        </>
      }
    >
      <SignUpForm action={signUpAction} />
    </Entrance>
  );
}
