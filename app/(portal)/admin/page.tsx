import { redirect } from "next/navigation";
import { requireAdministrator } from "@/lib/auth/require-administrator";

/** Redirects `/admin` to the first administration page. */
export default async function AdministrationPage() {
  await requireAdministrator("/admin");
  redirect("/admin/users");
}
