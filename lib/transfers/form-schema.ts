import { z } from "zod";
import { nameSchema } from "@/lib/text/names";

/** What a credential will be called among one's own, as the browser judges it. */
export const acceptFormSchema = z.object({ name: nameSchema("A credential needs a name.") });
