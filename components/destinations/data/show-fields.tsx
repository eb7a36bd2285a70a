import { buttonStyle } from "@/components/ui/buttons";

/** Without script, the button that shows the fields of what is chosen; with script, choosing does. */
export function ShowFields() {
  return (
    <noscript>
      <button type="submit" name="do" value="show" className={buttonStyle("secondary", "self-start")}>
        Show fields
      </button>
    </noscript>
  );
}
