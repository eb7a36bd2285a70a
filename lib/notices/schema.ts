import { z } from "zod";

/** The form that names one notice. */
export const noticeIdSchema = z.object({ noticeId: z.guid() });
