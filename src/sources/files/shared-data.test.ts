import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openDatabase, type Database, type Tuple } from "../../engine/database.ts";
import { raw } from "../../engine/sql.ts";
import { openFiles, type FilesSource } from "./index.ts";

const folder = resolve(import.meta.dirname, "../../../../shared/data");
const present = existsSync(folder);

describe.skipIf(!present)(`real files${present ? "" : ` (skipped: there are none in ${folder})`}`, () => {
  let database: Database;
  beforeAll(async () => {
    database = await openDatabase(":memory:", { folders: [folder] });
  });
  afterAll(() => database.close());

  async function read(select: string, format: Omit<FilesSource, "facts"> = {}) {
    return database.use(async (connection) => {
      const opened = await openFiles(connection, folder, { ...format, facts: { deal: select } });
      try {
        let rows: Tuple[];
        do rows = await connection.rows(raw(opened.facts[0]?.select ?? ""));
        while (!(await opened.settled()));
        const types = Object.fromEntries(
          (await connection.describe(opened.facts[0]?.select ?? "")).map(({ name, type }) => [name, type]),
        );
        return { rows, types, short: opened.short(), unreadable: await opened.unreadable() };
      } finally {
        await opened.close();
      }
    });
  }
  const one = async (select: string) => (await read(select)).rows[0];

  test("Maven: every deal, with days, money and text", async () => {
    const { rows, types, unreadable } = await read("SELECT * FROM 'maven_crm/sales_pipeline.csv'");
    expect([rows.length, unreadable]).toEqual([8800, []]);
    expect(types).toMatchObject({
      opportunity_id: "VARCHAR",
      engage_date: "DATE",
      close_date: "DATE",
      close_value: "BIGINT",
    });
    expect(
      await one("SELECT sum(close_value) AS won FROM 'maven_crm/sales_pipeline.csv' WHERE deal_stage = 'Won'"),
    ).toEqual({
      won: 10_005_534,
    });
  });

  test("Olist: leads, deals, and sellers whose postal codes keep their zeros", async () => {
    const { rows } = await read("SELECT * FROM 'olist/olist_marketing_qualified_leads_dataset.csv'");
    expect(rows).toHaveLength(8000);
    const deals = await read("SELECT * FROM 'olist/olist_closed_deals_dataset.csv'");
    expect([deals.rows.length, deals.types["won_date"]]).toEqual([842, "TIMESTAMP"]);
    expect(
      await one("SELECT count(*) AS n FROM 'olist/olist_sellers_dataset.csv' WHERE seller_zip_code_prefix[1] = '0'"),
    ).toEqual({
      n: 1027,
    });
    expect(await one("SELECT count(*) > 100000 AS many FROM 'olist/olist_order_items.parquet'")).toEqual({
      many: true,
    });
  });

  test("KAG: the file with CR line ends is the same", async () => {
    const [lf, cr] = ["KAG_conversion_data.csv", "KAG_conversion_data.original_CR_line_ends.csv"];
    const count = `SELECT count(*) AS n, sum(Spent) AS spent, sum(Total_Conversion) AS leads FROM`;
    const expected = await one(`${count} 'kag_facebook/${lf}'`);
    expect(expected).toMatchObject({ n: 1143, leads: 3264 });
    expect(await one(`${count} 'kag_facebook/${cr}'`)).toEqual(expected);
    expect(
      await one(
        `SELECT count(*) AS n FROM (SELECT * FROM 'kag_facebook/${lf}' EXCEPT ALL SELECT * FROM 'kag_facebook/${cr}')`,
      ),
    ).toEqual({ n: 0 });
  });

  test("sessions: 90 rows, 33 of which lack their last columns", async () => {
    const { rows, short, unreadable } = await read("SELECT * FROM 'dbt_attribution_playbook/sessions.csv'");
    expect([rows.length, short, unreadable]).toEqual([
      90,
      [{ file: "dbt_attribution_playbook/sessions.csv", lines: 33 }],
      [],
    ]);
  });

  test("conversions: hours of one digit", async () => {
    expect((await read("SELECT * FROM 'dbt_attribution_playbook/customer_conversions.csv'")).types).toEqual({
      customer_id: "BIGINT",
      converted_at: "TIMESTAMP",
      revenue: "BIGINT",
    });
  });

  test("Telco: the eleven blanks among the charges are no values", async () => {
    const { rows, types } = await read(
      "SELECT count(*) AS n, count(TotalCharges) AS charged FROM 'telco/Telco-Customer-Churn.csv'",
    );
    expect([rows, types["charged"]]).toEqual([[{ n: 7043, charged: 7032 }], "BIGINT"]);
  });

  test("packed files are read as they are", async () => {
    expect((await read("SELECT * FROM 'pathdata/PathData.csv.gz'")).rows).toHaveLength(10_000);
  });
});
