import { z } from "zod";
import { newsGroups } from "./groups";
import { type Choice, channels, choiceField } from "./writing/channels";

/** The form that marks messages as read: up to the newest that the page showed. */
export const markReadSchema = z.object({ until: z.iso.datetime() });
export type MarkReadInput = z.output<typeof markReadSchema>;

const allKinds = newsGroups.flatMap(({ kinds }) => kinds.map(({ kind }) => kind));
const checkbox = z.literal("on").optional();

/** The form of choices: a checked box is sent, an unchecked one is not, so it also names the channels that it showed. */
export const choicesSchema = z
  .object({
    channels: z
      .string()
      .transform((text) => text.split(","))
      .pipe(z.array(z.enum(channels)).max(channels.length)),
  })
  .and(
    z.object(
      Object.fromEntries(
        allKinds.flatMap((kind) =>
          channels.map((channel) => [choiceField(kind, channel), checkbox] as const),
        ),
      ),
    ),
  )
  .transform((form): Choice[] => {
    const { channels: shown, ...boxes } = form;
    const checked = new Set(Object.entries(boxes).flatMap(([name, value]) => (value === "on" ? [name] : [])));
    return shown.flatMap((channel) =>
      allKinds.map((kind) => ({ kind, channel, isOn: checked.has(choiceField(kind, channel)) })),
    );
  });
