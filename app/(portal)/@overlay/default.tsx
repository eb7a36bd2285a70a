/** No overlay on a page that was opened directly. */
export default function NoOverlay() {
  return null;
}
