import { hrefOf } from "../address.ts";
import { splits } from "./loader.ts";
import { dimensionName, useView } from "../view.tsx";

/** The choice of what credited numbers are split by. */
export function Splits({ by, label }: { by: string; label: string }) {
  const { shell, texts } = useView();
  return (
    <nav class="segments wrap" aria-label={label}>
      {splits.map((each) => (
        <a key={each} href={hrefOf(shell.address, { by: each })} aria-current={each === by ? "true" : undefined}>
          {dimensionName(texts, each)}
        </a>
      ))}
    </nav>
  );
}
