import Link from "next/link";

/** Who one is, leading to what one can change about it. */
export function AccountLink({ name }: { name: string }) {
  return (
    <Link
      href="/account"
      prefetch={false}
      title={name}
      className="min-w-0 max-w-64 truncate rounded-lg px-1.5 py-1.5 text-sm text-muted underline-offset-4 hover:text-ink hover:underline"
    >
      <span className="sr-only">Your account: </span>
      {name}
    </Link>
  );
}
