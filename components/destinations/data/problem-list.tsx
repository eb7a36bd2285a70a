import type { Problem } from "@/lib/connectors/action";

/** Why a record cannot be sent, each reason on its line. */
export function ProblemList({ problems }: { problems: readonly Problem[] }) {
  return (
    <ul className="flex flex-col gap-1">
      {problems.map(({ field, message }) => (
        <li key={`${field ?? ""} ${message}`} className="break-words">
          {message}
        </li>
      ))}
    </ul>
  );
}
