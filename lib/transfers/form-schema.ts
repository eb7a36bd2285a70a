import { z } from "zod";
import { nameSchema } from "@/lib/text/names";

/** The browser's schema of the credential's new name among the recipient's own. */
export const acceptFormSchema = z.object({ name: nameSchema("A credential needs a name.") });
