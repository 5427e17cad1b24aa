/** The records of a piece of delimited text. `open` tells that it ends inside quotes, `ended` that its last record has its line end. */
export interface Records {
  readonly records: readonly (readonly string[])[];
  readonly open: boolean;
  readonly ended: boolean;
}

/** Splits delimited text as RFC 4180 does, with any line end; empty lines are left out. */
export function splitRecords(text: string, delimiter: string, startsQuoted = false): Records {
  const records: string[][] = [];
  let record: string[] = [];
  let field = "";
  let quoted = startsQuoted;
  let ended = true;
  const endField = () => (record.push(field), (field = ""));
  const endRecord = () => {
    endField();
    if (record.length > 1 || record[0] !== "") records.push(record);
    record = [];
    ended = true;
  };
  for (let i = 0; i < text.length; i++) {
    const character = text[i] as string;
    if (quoted) {
      if (character !== '"') field += character;
      else if (text[i + 1] === '"') ((field += '"'), i++);
      else quoted = false;
    } else if (character === "\n" || character === "\r") {
      if (character === "\r" && text[i + 1] === "\n") i++;
      endRecord();
      continue;
    } else if (character === '"' && field === "") quoted = true;
    else if (text.startsWith(delimiter, i)) (endField(), (i += delimiter.length - 1));
    else field += character;
    ended = false;
  }
  const open = quoted;
  if (!ended) (endRecord(), (ended = false));
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
