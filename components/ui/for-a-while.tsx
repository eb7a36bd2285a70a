"use client";

import { type ReactNode, useEffect, useRef, useState } from "react";

type Props = { seconds: number; className?: string; children: ReactNode };

/** Shows what can be done only now. It stays while the pointer or the focus is in it, and where there is no script. */
export function ForAWhile({ seconds, className, children }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const [isOver, setOver] = useState(false);

  useEffect(() => {
    const timer = window.setInterval(() => {
      if (!box.current?.matches(":hover, :focus-within")) setOver(true);
    }, seconds * 1000);
    return () => window.clearInterval(timer);
  }, [seconds]);

  return isOver ? null : (
    <div ref={box} className={className}>
      {children}
    </div>
  );
}
