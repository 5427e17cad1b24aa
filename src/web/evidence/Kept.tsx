import { searchOf, type Address } from "../address.ts";

/** The rest of an address, so that a form keeps it. */
export function Kept({ address }: { address: Address }) {
  return (
    <>
      {searchOf(address).map(([key, value]) => (
        <input key={key} type="hidden" name={key} value={value} />
      ))}
    </>
  );
}
