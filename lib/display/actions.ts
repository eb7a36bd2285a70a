"use server";

import { revalidatePath } from "next/cache";
import { defineAction } from "@/lib/action";
import { done, keepFields } from "@/lib/action-result";
import { readDisplay, writeDisplay } from "./cookie";
import { displaySchema, themeSchema } from "./schema";

export const chooseDisplayAction = defineAction(
  displaySchema,
  async (_, display) => {
    await writeDisplay(display);
    // The frame around every page follows it, and the browser keeps the frame from page to page.
    revalidatePath("/", "layout");
    return done(null);
  },
  { keep: keepFields("zone"), redirectTo: () => "/account/display?done=display" },
);

export const chooseThemeAction = defineAction(themeSchema, async (_, { theme }) => {
  await writeDisplay({ ...(await readDisplay()), theme });
  revalidatePath("/", "layout");
  return done(null);
});
