import type { Rep, Reps } from "../../contract/reps.ts";
import { fill } from "../../locales/index.ts";
import { hrefOf, shared } from "../address.ts";
import { pageTheme } from "../charts/theme.ts";
import { WhiskerMap, type MapPoint } from "../charts/whisker-map.tsx";
import { repPath } from "../routes.ts";
import { useView } from "../view.tsx";
import { useFigures, useWords } from "./words.ts";

/** Fewer deals are drawn hollow. */
const few = 10;

const nameOf = ({ rep, name }: Rep): string => name ?? rep;

/** Who creates against who closes, drawn wide and narrow; of which the page shows the one that fits. */
export function RepsMap({ found }: { found: Reps }) {
  const { shell } = useView();
  const words = useWords();
  const { shareTick, tick } = useFigures(found.currency);
  const points = found.reps.flatMap((rep): MapPoint[] => {
    const { create, close } = rep;
    if (create === null || close === null) return [];
    const href = hrefOf(shell.address, { ...shared(shell.address), path: repPath(rep.rep) });
    return [
      {
        name: nameOf(rep),
        href,
        x: create.value,
        y: close.value,
        xInterval: create.interval,
        yInterval: close.interval,
        hollow: rep.deals < few,
        strong: rep.verdict !== "in-between" && rep.verdict !== "too-few",
      },
    ];
  });
  const without = found.reps.filter(({ create, close }) => create === null || close === null).map(nameOf);
  const { closes, both, neither, creates } = words.quadrants;
  const drawn = {
    points,
    middle: { x: found.usual.create, y: found.usual.close },
    axes: { x: words.xAxis, y: words.yAxis },
    formats: { x: tick, y: shareTick },
    theme: pageTheme,
  };
  return (
    <section class="card" aria-labelledby="map">
      <h2 id="map">{words.map}</h2>
      {points.length > 0 && (
        <>
          <div class="map-wide">
            <WhiskerMap {...drawn} quadrants={[closes, both, neither, creates]} named width={980} height={460} />
          </div>
          <div class="map-narrow">
            <WhiskerMap
              {...drawn}
              quadrants={[closes, both, neither, creates]}
              named={false}
              width={320}
              height={340}
            />
          </div>
        </>
      )}
      <p class="hint muted">
        {words.mapHint} {without.length > 0 && fill(words.missing, { names: without.join(", ") })}
      </p>
    </section>
  );
}
