const kept = "single-keys";

/** True unless the user has switched single keys off: speech input can press them by accident (WCAG 2.1.4). */
export function hasSingleKeys(): boolean {
  return localStorage.getItem(kept) !== "off";
}

/** Switches single keys on or off, for this browser. */
export function setSingleKeys(isOn: boolean): void {
  if (isOn) localStorage.removeItem(kept);
  else localStorage.setItem(kept, "off");
}

/** True if a key that is pressed in `target` is text. */
export function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches("textarea, select, input:not([type=radio], [type=checkbox])"))
  );
}
