import { Link } from "@/components/ui/link";
import { credentialsPath, withQuery } from "@/lib/paths";

/** A credential's tags, each a link to the list of those that have it; nothing without tags. */
export function TagLinks({ tags }: { tags: readonly string[] }) {
  return tags.map((tag) => (
    <Link key={tag} href={withQuery(credentialsPath, { tag })} className="tag hover:border-line-strong">
      {tag}
    </Link>
  ));
}

/** The same without links, where a link would be one too many. */
export function Tags({ tags }: { tags: readonly string[] }) {
  if (tags.length === 0) return null;
  return (
    <span className="tags">
      <span className="sr-only">Tags: </span>
      {tags.map((tag) => (
        <span key={tag} className="tag">
          {tag}
        </span>
      ))}
    </span>
  );
}
