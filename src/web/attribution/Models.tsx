import type { Attribution } from "../../contract/attribution.ts";
import { models } from "../address.ts";
import { Kept } from "../evidence/Kept.tsx";
import { formatNumber } from "../format.ts";
import { useView } from "../view.tsx";
import { Picture } from "./Picture.tsx";
import { modelName, useWords } from "./words.ts";

/** The choice of the model whose numbers stand first, each with a picture of how it divides the same journey. */
export function Models({ found, chosen }: { found: Attribution; chosen: string }) {
  const { shell, texts, place } = useView();
  const words = useWords();
  const { address } = shell;
  const percent = (share: number) => formatNumber(place.locale, share, { style: "percent", maximumFractionDigits: 0 });
  return (
    <form class="card models" method="get" action={address.path} data-soft>
      <Kept address={{ ...address, model: undefined }} />
      <fieldset>
        <legend>{words.model}</legend>
        {Object.entries(models).map(([short, model]) => {
          const picture = found.rules.find((each) => each.model === model);
          return (
            <label key={short} class="model">
              <input id={`model-${short}`} type="radio" name="m" value={short} checked={model === chosen} />
              <span>{modelName(texts, model)}</span>
              {picture ? (
                <>
                  <Picture shares={picture.shares} />
                  <span class="hidden">{picture.shares.map(percent).join(" · ")}</span>
                </>
              ) : (
                <span class="muted">{words.noPicture}</span>
              )}
            </label>
          );
        })}
      </fieldset>
      <p class="hint muted">{words.picture}</p>
      <button type="submit" class="button apply">
        {words.apply}
      </button>
    </form>
  );
}
