import type { ComponentProps } from "react";
import { Field } from "./field";

/**
 * A field for an email address. Its type is text, since browsers refuse letters of other alphabets in `type="email"`,
 * which are valid; the keyboard of a phone is still the one for addresses.
 */
export function EmailField(props: Omit<ComponentProps<typeof Field>, "type" | "inputMode">) {
  return <Field {...props} type="text" inputMode="email" autoCapitalize="none" spellCheck={false} />;
}
