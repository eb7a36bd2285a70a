/** Closes the overlay when one comes back to the Authenticate screen: an unmatched slot would keep what it shows. */
export default function NoOverlay() {
  return null;
}
