import type { Connection } from "../../engine/database.ts";
import { literal, raw } from "../../engine/sql.ts";
import { classify, numeric } from "./column-type.ts";
import type { FileFormat } from "./format.ts";
import { isDirect, misfits, type TypedColumn } from "./typed.ts";

/** The types of the columns of one relation, and what their reading taught about them. */
export interface Typing {
  columns(): readonly TypedColumn[];
  /** Gives the columns that became text their former type back; true when there were any. */
  insist(): boolean;
  /** Takes other types where values were misread; true when any changed. `asText` reads every column as text. */
  learn(refusedByReader: boolean, asText: string): Promise<boolean>;
}

const typeOf = (column: Omit<TypedColumn, "type">, format: FileFormat) =>
  column.isNumeric === true ? numeric(column.values) : classify(column.values, format);

/** A column with the type that its values have. */
export const typedColumn = (column: Omit<TypedColumn, "type">, format: FileFormat): TypedColumn => ({
  ...column,
  type: typeOf(column, format),
});

/** The column with more values seen; text when these do not change how it is read. */
function widened(column: TypedColumn, more: readonly string[], format: FileFormat): TypedColumn {
  const wider = typedColumn({ ...column, values: [...column.values, ...more] }, format);
  const isSame = wider.type.name === column.type.name && wider.type.direct === column.type.direct;
  return isSame && isDirect(wider) === isDirect(column) ? { ...wider, type: classify(["-", "text"], {}) } : wider;
}

/** Starts from the types of a sample; `misreads` is the sequence that values which do not fit have moved. */
export function typing(
  connection: Connection,
  first: readonly TypedColumn[],
  format: FileFormat,
  misreads: string,
): Typing {
  let [columns, seen] = [first, 0];
  const former = new Map<string, TypedColumn>();

  async function hasMisread(): Promise<boolean> {
    const query = `SELECT coalesce(last_value, 0) AS n FROM duckdb_sequences() WHERE sequence_name = ${literal(misreads)}`;
    const [row] = await connection.rows(raw(query));
    const before = seen;
    seen = Number(row?.["n"]);
    return seen > before;
  }

  return {
    columns: () => columns,
    insist() {
      const isLost = ({ name, type }: TypedColumn) => type.name === "text" && former.has(name);
      const lost = columns.some(isLost);
      columns = columns.map((column) => {
        const before = isLost(column) ? former.get(column.name) : undefined;
        return before === undefined ? column : { ...before, insisted: true };
      });
      return lost;
    },
    async learn(refusedByReader, asText) {
      if (!(await hasMisread()) && !refusedByReader) return false;
      const found = await misfits(connection, columns, asText);
      columns = columns.map((column) => {
        const values = found.get(column.name);
        if (values === undefined) return column;
        former.set(column.name, column);
        return widened(column, values, format);
      });
      return found.size > 0;
    },
  };
}
