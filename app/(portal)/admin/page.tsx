import { redirect } from "next/navigation";
import { requireAdministrator } from "@/lib/auth/require-administrator";

/** The beginning of the administrators' pages leads to the first of them. */
export default async function AdministrationPage() {
  await requireAdministrator("/admin");
  redirect("/admin/users");
}
