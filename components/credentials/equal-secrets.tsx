import { Link } from "@/components/ui/link";
import type { CredentialDetails } from "@/lib/credentials/types";
import { credentialPath } from "@/lib/paths";

const mostNamed = 5;

/** Says which credentials of the same server hold the same secret, with links to them. */
export function EqualSecrets({ credential }: { credential: Pick<CredentialDetails, "method" | "equals"> }) {
  const { method, equals } = credential;
  const named = equals.slice(0, mostNamed);
  return (
    <>
      Holds the same {method === "api-key" ? "API key" : "user name and password"} as{" "}
      {named.map(({ id, name }, at) => (
        <span key={id}>
          {at > 0 && (at === equals.length - 1 ? " and " : ", ")}
          <Link
            href={credentialPath(id)}
            className="font-medium underline underline-offset-4 [overflow-wrap:anywhere]"
          >
            {name}
          </Link>
        </span>
      ))}
      {equals.length > mostNamed && " and others"}. Replace it in each of them when it changes.
    </>
  );
}
