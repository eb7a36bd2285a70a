import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { ResetPasswordForm } from "@/components/resets/reset-password-form";
import { Entrance } from "@/components/users/entrance";
import { currentVisitor } from "@/lib/auth/current-visitor";
import { database } from "@/lib/db/client";
import { isFormPost } from "@/lib/http/request-id";
import { resetPasswordAction } from "@/lib/password-resets/actions";
import { isResetLive } from "@/lib/password-resets/queries";
import { readResetCookie } from "@/lib/password-resets/reset-cookie";

export const metadata: Metadata = { title: "Set a new password" };

/** The page does not name the account: a stranger who finds a link would learn half of the sign-in. */
export default async function ResetPasswordPage() {
  const token = await readResetCookie();
  // Without script this page is also the response to the form, so it must say itself that the link no longer works.
  const isAnswer = await isFormPost();
  if (!isAnswer && !(await isResetLive(await database(), await currentVisitor(), token))) notFound();
  return (
    <Entrance
      title="Set a new password"
      lead="The link that you came by works once. All sessions of the account end."
      other={null}
    >
      <ResetPasswordForm action={resetPasswordAction} />
    </Entrance>
  );
}
