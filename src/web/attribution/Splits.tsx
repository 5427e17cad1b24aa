import { hrefOf } from "../address.ts";
import { Segments } from "../ui/Segments.tsx";
import { splits } from "./loader.ts";
import { dimensionName, useView } from "../view.tsx";

/** The choice of what numbers are split by; credited ones, unless it is said among what. */
export function Splits({ by, label, among = splits }: { by: string; label: string; among?: readonly string[] }) {
  const { shell, texts } = useView();
  return (
    <Segments
      label={label}
      choices={among.map((each) => ({
        href: hrefOf(shell.address, { by: each }),
        name: dimensionName(texts, each),
        chosen: each === by,
      }))}
    />
  );
}
