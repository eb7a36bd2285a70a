import { z } from "zod";
import { type Answer, json, noContent } from "./answer";
import { type Call, param } from "./call";
import { badField, noSuchLabel } from "./errors";
import { labelsOf } from "./repository-parts-endpoints";
import { parseBody } from "./validation";
import { forOwnRepository } from "./write-place";

const labelSchema = z.object({
  name: z
    .string({ error: "Please enter the name of the label." })
    .regex(/^[a-z0-9-]{3,50}$/, "A label has 3 to 50 of the characters a-z, 0-9 and -."),
});

/** POST …/labels {name}: 200; 400 if the repository has the label. */
export function addLabel(call: Call): Answer {
  return forOwnRepository(call, "ADMIN", ({ repository, content }) => {
    const parsed = parseBody(labelSchema, call.body);
    if ("refusal" in parsed) return parsed.refusal;
    const { name } = parsed.body;
    const labels = content.labels ?? labelsOf(repository);
    if (labels.includes(name)) return badField("name", `The label ${name} is already applied.`);
    content.labels = [...labels, name].toSorted();
    call.instance.world.newLabels.add(name);
    return json(200, { name });
  });
}

/** DELETE …/labels/{name}: 204. */
export function removeLabel(call: Call): Answer {
  return forOwnRepository(call, "ADMIN", ({ repository, content }) => {
    const name = param(call, "label");
    const labels = content.labels ?? labelsOf(repository);
    if (!labels.includes(name)) return noSuchLabel(name);
    content.labels = labels.filter((one) => one !== name);
    return noContent;
  });
}
