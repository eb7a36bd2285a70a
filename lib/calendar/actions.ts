"use server";

import { refresh } from "next/cache";
import { z } from "zod";
import { defineAction } from "@/lib/action";
import { done, type Outcome } from "@/lib/action-result";
import { database } from "@/lib/db/client";
import { env } from "@/lib/env";
import { makeCalendar, revokeCalendar } from "./mutations";

// Each names what it does, so that no other form can be taken for it.
const makeSchema = z.object({ calendar: z.literal("make") });
const revokeSchema = z.object({ calendar: z.literal("end") });

export const makeCalendarAction = defineAction(
  makeSchema,
  async (actor): Promise<Outcome<{ address: string }, never>> => {
    const token = await makeCalendar(await database(), actor);
    refresh();
    // The only time that it leaves the server: its user gives it to a program.
    return done({ address: `${env().APP_ORIGIN}/calendar/${token}/ends.ics` });
  },
);

export const revokeCalendarAction = defineAction(
  revokeSchema,
  async (actor) => done(await revokeCalendar(await database(), actor)),
  { redirectTo: () => "/account/notifications?done=calendar-revoked" },
);
