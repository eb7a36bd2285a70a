import type { Db, Tx } from "./types";

/**
 * A statement that is built once per database and then only executed: building one takes longer than most answers. Its
 * values are placeholders.
 */
export function preparedOnce<Statement>(build: (db: Db | Tx) => Statement): (db: Db | Tx) => Statement {
  const built = new WeakMap<Db | Tx, Statement>();
  return (db) => {
    const statement = built.get(db) ?? build(db);
    built.set(db, statement);
    return statement;
  };
}
