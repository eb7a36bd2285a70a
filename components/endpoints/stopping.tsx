import type { ReactNode } from "react";
import type { NamedStops } from "@/lib/endpoints/types";
import { stopsInWords } from "./stops-in-words";

type Props = {
  stops: NamedStops;
  /** Whose it is, such as "yours", if it is all of one person. */
  whose?: string;
  /** What becomes of it. */
  children: ReactNode;
};

/** What a press would stop: counted, and by name where the reader may see it. Text alone, as the text of a question. */
export function Stopping({ stops, whose, children }: Props) {
  const { sources, destinations, shown } = stops;
  const more = sources + destinations - shown.length;
  return (
    <>
      <p>{stopsInWords(stops, whose === undefined ? {} : { whose })}</p>
      {shown.length > 0 && (
        <ul className="list-disc pl-5">
          {shown.map(({ id, name, direction }) => (
            <li key={id} className="[overflow-wrap:anywhere]">
              <span className="font-medium">{name}</span>{" "}
              <span className="text-muted">(data {direction})</span>
            </li>
          ))}
          {more > 0 && <li className="text-muted">{more} more</li>}
        </ul>
      )}
      <p>{children}</p>
    </>
  );
}
