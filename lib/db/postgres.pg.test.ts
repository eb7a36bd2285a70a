import { expect, it, onTestFinished } from "vitest";
import { ownServerDatabase } from "@/lib/testing/server-database";
import { limitedPool } from "./postgres";

it("compiles no query, and limits the time of each, unless the address says otherwise", async () => {
  const url = await ownServerDatabase();
  const settingsOf = async (address: string) => {
    const pool = limitedPool(address);
    onTestFinished(() => pool.end());
    const { rows } = await pool.query(
      "select current_setting('jit') as jit, current_setting('statement_timeout') as timeout",
    );
    return rows[0];
  };
  expect(await settingsOf(url)).toEqual({ jit: "off", timeout: "6s" });
  const own = `${url}${url.includes("?") ? "&" : "?"}options=${encodeURIComponent("-c jit=on")}`;
  expect(await settingsOf(own)).toMatchObject({ jit: "on" });
});
