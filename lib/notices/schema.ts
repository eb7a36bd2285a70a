import { z } from "zod";

/** What naming one notice takes. */
export const noticeIdSchema = z.object({ noticeId: z.guid() });
