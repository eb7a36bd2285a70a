import { notFound } from "next/navigation";
import { connectorOf, findKind } from "@/lib/connectors/registry";
import { directionOf } from "@/lib/paths";

/** The direction and connector in an address of the wizard; a 404 for unknown ones. */
export function wizardOf(segments: { direction: string; connector: string }) {
  const direction = directionOf(segments.direction) ?? notFound();
  const slug = findKind(segments.connector) ?? notFound();
  return { direction, connector: { slug, name: connectorOf(slug).name } };
}
