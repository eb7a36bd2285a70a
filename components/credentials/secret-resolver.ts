import { zodResolver } from "@hookform/resolvers/zod";
import type { FieldValues, Resolver } from "react-hook-form";
import type { z } from "zod";
import { readApiKey } from "@/lib/text/api-key-shape";

type Typed = FieldValues & { username: string; password?: string | undefined };

/** True while the first field holds an API key: the second is folded away, and what stands in it is not sent. */
export function foldsPassword(username: string): boolean {
  return readApiKey(username).kind === "key";
}

/** Judges a form with the two sign-in fields as it is sent: without a password that is folded away. */
export function secretResolver<Input extends Typed, Output>(
  schema: z.ZodType<Output, Input>,
): Resolver<Input, unknown, Output> {
  const judge: Resolver<Input, unknown, Output> = zodResolver(schema);
  return (values, context, options) =>
    judge(foldsPassword(values.username) ? { ...values, password: "" } : values, context, options);
}
