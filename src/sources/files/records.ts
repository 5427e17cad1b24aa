/** The records of a piece of delimited text. `open` tells that it ends inside quotes, `ended` that its last record has its line end. */
export interface Records {
  readonly records: readonly (readonly string[])[];
  readonly open: boolean;
  readonly ended: boolean;
}

/** Splits delimited text as RFC 4180 does, with any line end; empty lines are left out. */
export function splitRecords(text: string, delimiter: string, startsQuoted = false): Records {
  const records: string[][] = [];
  let [record, field, quoted, ended]: [string[], string, boolean, boolean] = [[], "", startsQuoted, true];
  function endField(): void {
    record.push(field);
    field = "";
  }
  function endRecord(): void {
    endField();
    if (record.length > 1 || record[0] !== "") records.push(record);
    record = [];
  }
  let i = 0;
  while (i < text.length) {
    const character = text[i] as string;
    if (quoted) {
      const close = text.indexOf('"', i);
      field += text.slice(i, close < 0 ? text.length : close);
      quoted = close < 0 || text[close + 1] === '"';
      if (close >= 0 && quoted) field += '"';
      i = close < 0 ? text.length : close + (quoted ? 2 : 1);
    } else if (character === "\n" || character === "\r") {
      endRecord();
      i += text.startsWith("\r\n", i) ? 2 : 1;
      ended = true;
      continue;
    } else if (character === '"' && field === "") {
      quoted = true;
      i++;
    } else if (text.startsWith(delimiter, i)) {
      endField();
      i += delimiter.length;
    } else {
      field += character;
      i++;
    }
    ended = false;
  }
  const open = quoted;
  if (!ended) endRecord();
  return { records, open, ended };
}

const candidates = [",", ";", "\t", "|"];

/** The delimiter that gives most of the first lines as many columns as the header; among equals the one with more columns. */
export function voteDelimiter(text: string): string {
  const votes = candidates.map((delimiter) => {
    const records = splitRecords(text, delimiter).records.slice(0, 100);
    const columns = records[0]?.length ?? 1;
    const equal = records.filter((record) => record.length === columns).length / Math.max(records.length, 1);
    return { delimiter, columns, equal };
  });
  const [best] = votes
    .filter(({ columns }) => columns > 1)
    .toSorted((a, b) => b.equal - a.equal || b.columns - a.columns);
  return best?.delimiter ?? ",";
}

/** Whether the text mixes line ends of different kinds outside quotes. */
export function mixesLineEnds(text: string): boolean {
  const kinds = new Set(text.replace(/"(?:[^"]|"")*"/g, "").match(/\r\n|\r|\n/g));
  return kinds.size > 1;
}

/** Column names as the SELECT sees them: trimmed, never empty, never twice (in any case of letters). */
export function columnNames(header: readonly string[]): string[] {
  const taken = new Set<string>();
  return header.map((cell, i) => {
    const stem = cell.trim() === "" ? `column${i}` : cell.trim();
    let name = stem;
    for (let n = 1; taken.has(name.toLowerCase()); n++) name = `${stem}_${n}`;
    taken.add(name.toLowerCase());
    return name;
  });
}
