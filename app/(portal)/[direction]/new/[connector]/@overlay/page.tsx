/**
 * Closes the overlay when the user returns to the Authenticate screen: an unmatched slot would keep its last content.
 */
export default function NoOverlay() {
  return null;
}
