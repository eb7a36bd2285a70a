"use client";

import { type KeyboardEvent, type ReactNode, useContext, useEffect, useRef, useState } from "react";
import { classNames } from "@/components/ui/class-names";
import { Icon } from "@/components/ui/icon";
import { missingInVersion } from "@/lib/endpoints/missing-in-version";
import { DataFormPending } from "./pending";
import { RadioCard } from "./radio-card";

/** A stream or an action, as far as its tile shows it. */
export type Tile = {
  readonly id: string;
  readonly label: string;
  readonly group: string;
  readonly note: string;
  readonly right: string;
  readonly since: string | null;
};

type Props = {
  /** The parameter in the address. */
  name: string;
  heading: string;
  searchLabel: string;
  tiles: readonly Tile[];
  chosen: string;
  serverVersion: string | null;
  error: string | undefined;
  /** Without script, the button that shows the fields of what is chosen. */
  children: ReactNode;
};

/**
 * A radio group of tiles by group, with a search in the browser alone. A tile that this server's version lacks says so. The
 * chosen tile stays in sight, because Next takes it. An answer with an error clears the search, as one of the tiles takes
 * the focus.
 */
export function TileChoice(props: Props) {
  const { name, heading, searchLabel, tiles, chosen, serverVersion, error, children } = props;
  const [typed, setTyped] = useState("");
  const pending = useContext(DataFormPending);
  const [wasPending, setWasPending] = useState(pending);
  const field = useRef<HTMLInputElement>(null);
  const radios = useRef<HTMLDivElement>(null);
  // What was typed before the page's scripts loaded.
  useEffect(() => setTyped(field.current?.value ?? ""), []);
  // During rendering, because the form looks for the focus as soon as the answer stands.
  if (pending !== wasPending) {
    setWasPending(pending);
    if (error && !pending) setTyped("");
  }

  const groups = [...new Set(tiles.map(({ group }) => group))];
  const matches = tiles.filter((tile) => isMatch(tile, typed));
  const first = tiles.find(({ since }) => missingInVersion(since, serverVersion) === null);
  const errorId = error ? `${name}-error` : undefined;

  function onKeyDown(event: KeyboardEvent) {
    if (event.key === "Escape") setTyped("");
    if (event.key !== "Enter" && event.key !== "ArrowDown") return;
    // Enter would send the form.
    event.preventDefault();
    const found = matches.find(({ since }) => missingInVersion(since, serverVersion) === null);
    if (found) radios.current?.querySelector<HTMLInputElement>(`input[value="${found.id}"]`)?.focus();
  }

  return (
    <div className="flex flex-col gap-5">
      <h2 id={`${name}-heading`} className="text-lg font-semibold">
        {heading}
      </h2>
      {error && (
        <p id={errorId} className="text-sm text-bad">
          {error}
        </p>
      )}
      {/* Without script it would find nothing. */}
      <div className="flex flex-col gap-2 noscript:hidden">
        <label className="relative">
          <span className="sr-only">{searchLabel}</span>
          <Icon
            name="search"
            className="pointer-events-none absolute top-1/2 left-3 size-4 -translate-y-1/2 text-muted"
          />
          <input
            ref={field}
            type="search"
            value={typed}
            onChange={({ target }) => setTyped(target.value)}
            onKeyDown={onKeyDown}
            placeholder={searchLabel}
            maxLength={100}
            autoComplete="off"
            spellCheck={false}
            className="min-h-10 w-full rounded-lg border border-line-strong/60 bg-surface py-2 pr-3 pl-9 text-ink shadow-rest placeholder:text-muted/80 hover:border-line-strong"
          />
        </label>
        <p role="status" className="text-sm text-muted empty:hidden">
          {matchesInWords(matches.length, tiles.length, typed.trim())}
        </p>
      </div>
      <div
        ref={radios}
        role="radiogroup"
        aria-labelledby={`${name}-heading`}
        aria-invalid={error ? true : undefined}
        aria-describedby={errorId}
        className="flex flex-col gap-5"
      >
        {groups.map((group) => (
          <div
            key={group}
            className={classNames(
              "flex-col gap-2.5",
              matches.some((tile) => tile.group === group) ? "flex" : "hidden has-checked:flex",
            )}
          >
            <h3 className="text-sm font-medium text-muted">{group}</h3>
            <div className="grid gap-3 sm:grid-cols-2">
              {tiles
                .filter((tile) => tile.group === group)
                .map((tile) => (
                  <div key={tile.id} className={matches.includes(tile) ? "grid" : "hidden has-checked:grid"}>
                    <Card
                      {...{ name, tile, serverVersion }}
                      isChosen={tile.id === chosen}
                      takesFocus={Boolean(error) && tile.id === first?.id}
                    />
                  </div>
                ))}
            </div>
          </div>
        ))}
        {children}
      </div>
    </div>
  );
}

type CardProps = {
  name: string;
  tile: Tile;
  serverVersion: string | null;
  isChosen: boolean;
  takesFocus: boolean;
};

function Card({ name, tile, serverVersion, isChosen, takesFocus }: CardProps) {
  const needed = missingInVersion(tile.since, serverVersion);
  return (
    <RadioCard
      {...{ name, takesFocus }}
      value={tile.id}
      label={tile.label}
      checked={isChosen && needed === null}
      disabled={needed !== null}
    >
      <span>{tile.note}</span>
      <span className="text-xs">
        {needed === null
          ? `Needs: ${tile.right}`
          : `Since Bitbucket ${needed}; this server is ${serverVersion}.`}
      </span>
    </RadioCard>
  );
}

function isMatch({ label, group, note, right }: Tile, typed: string): boolean {
  const text = `${label} ${group} ${note} ${right}`.toLowerCase();
  return typed
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

function matchesInWords(found: number, all: number, typed: string): string {
  if (typed === "") return "";
  return found === 0 ? `Nothing matches “${typed}”.` : `${found} of ${all}`;
}
