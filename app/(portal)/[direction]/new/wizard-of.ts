import { notFound } from "next/navigation";
import { connectorOf, findKind } from "@/lib/connectors/registry";
import { directionOf } from "@/lib/paths";

/** The direction and connector that an address of the wizard names; a 404 for any other. */
export function wizardOf(segments: { direction: string; connector: string }) {
  const direction = directionOf(segments.direction) ?? notFound();
  const slug = findKind(segments.connector) ?? notFound();
  return { direction, connector: { slug, name: connectorOf(slug).name } };
}
