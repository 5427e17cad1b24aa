import { hrefOf } from "../address.ts";
import { splits } from "./loader.ts";
import { dimensionName, useView } from "../view.tsx";

/** The choice of what numbers are split by; credited ones, unless it is said among what. */
export function Splits({ by, label, among = splits }: { by: string; label: string; among?: readonly string[] }) {
  const { shell, texts } = useView();
  return (
    <nav class="segments wrap" aria-label={label}>
      {among.map((each) => (
        <a key={each} href={hrefOf(shell.address, { by: each })} aria-current={each === by ? "true" : undefined}>
          {dimensionName(texts, each)}
        </a>
      ))}
    </nav>
  );
}
