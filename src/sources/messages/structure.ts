/** What JSON values have in common: a type of the engine, the fields of an object, or what an array holds. */
export type Structure = string | readonly [Structure] | { readonly [field: string]: Structure };

/** Objects within records that have more fields than this are maps: they stay JSON. */
const mostFields = 300;

type Fields = Readonly<Record<string, Structure>>;

const whole = ["UBIGINT", "BIGINT", "HUGEINT"];
const numbers = [...whole, "DOUBLE"];

const isFields = (structure: Structure): structure is Fields =>
  typeof structure === "object" && !Array.isArray(structure);

/** The least type that both scalars can be read as without losing anything. */
function common(one: string, other: string): string {
  if (one === other || other === "NULL") return one;
  if (one === "NULL") return other;
  if (whole.includes(one) && whole.includes(other)) return "HUGEINT";
  if (numbers.includes(one) && numbers.includes(other)) return "DOUBLE";
  return one === "JSON" || other === "JSON" ? "JSON" : "VARCHAR";
}

/** The structure of values of which some have the one and some the other. */
export function merged(one: Structure, other: Structure): Structure {
  if (typeof one === "string" && typeof other === "string") return common(one, other);
  if (one === "NULL") return other;
  if (other === "NULL") return one;
  if (Array.isArray(one) && Array.isArray(other)) return [merged(one[0] as Structure, other[0] as Structure)];
  if (!isFields(one) || !isFields(other)) return "JSON";
  const names = [...new Set([...Object.keys(one), ...Object.keys(other)])];
  return Object.fromEntries(names.map((name) => [name, merged(one[name] ?? "NULL", other[name] ?? "NULL")]));
}

/** Whether an object is one of fields that can each be read: none twice but for its case, and none without a name. */
function areDistinct(fields: readonly string[]): boolean {
  const distinct = new Set(fields.map((name) => name.toLowerCase()));
  return fields.length > 0 && distinct.size === fields.length && !distinct.has("");
}

/** A structure that the engine can read values by: no type that says nothing, no map as an object; `most` is how many fields an object may have. */
export function readable(structure: Structure, most = Infinity): Structure {
  if (typeof structure === "string") return structure === "NULL" ? "VARCHAR" : structure;
  if (!isFields(structure)) return [readable(structure[0], mostFields)];
  const fields = Object.entries(structure);
  if (fields.length > most || !areDistinct(Object.keys(structure))) return "JSON";
  return Object.fromEntries(fields.map(([name, each]) => [name, readable(each, mostFields)]));
}
