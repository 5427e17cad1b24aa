import type { Readiness, ReadinessStep } from "../../contract/readiness.ts";
import { stepDimensions } from "../../contract/steps.ts";
import { fill } from "../../locales/index.ts";
import { hrefOf } from "../address.ts";
import { formatCounted, formatNumber } from "../format.ts";
import { Refusal } from "../ui/Notices.tsx";
import { useView } from "../view.tsx";
import { Kept } from "./Kept.tsx";
import { Listed } from "./Listed.tsx";
import type { StepsCard } from "./loader.ts";
import { stepName } from "./rule-line.ts";
import { useEvidenceTexts } from "./view.ts";

/** Which steps go with becoming an MQL: folded until somebody asks. */
export function StepsCardView({ card: { readiness, problem } }: { card: StepsCard }) {
  const { steps: words } = useEvidenceTexts();
  return (
    <details class="card folded" id="st" open={readiness !== null || problem !== null}>
      <summary>
        <h2>{words.title}</h2>
      </summary>
      <p class="muted">{words.lead}</p>
      <StepsForm />
      {problem && <Refusal problem={problem} />}
      {readiness && <Told readiness={readiness} />}
    </details>
  );
}

function StepsForm() {
  const { shell } = useView();
  const { steps: words } = useEvidenceTexts();
  const { address } = shell;
  return (
    <form class="asking" method="get" action={`${address.path}#st`} data-soft>
      <Kept address={{ ...address, steps: undefined }} />
      <label for="steps">{words.by}</label>
      <select id="steps" name="st">
        {stepDimensions.map((each) => (
          <option key={each} value={each} selected={address.steps === each}>
            {words.dimensions[each]}
          </option>
        ))}
      </select>
      <button type="submit" class="button">
        {words.ask}
      </button>
      {address.steps !== undefined && <a href={hrefOf(address, { steps: undefined })}>{words.stop}</a>}
    </form>
  );
}

/** A step in the reader's words, where it is a kind of touch or a channel that every company has. */
function useStepName(by: string): (step: string) => string {
  const { place, texts } = useView();
  return (step) => stepName(texts, place, by, step);
}

function Told({ readiness }: { readiness: Readiness }) {
  const { place } = useView();
  const { steps: words } = useEvidenceTexts();
  const named = useStepName(readiness.pathsBy);
  const { eligible, window, immature, steps, paths, gaps, level } = readiness;
  const counted = (count: number) => formatNumber(place.locale, count);
  const told = steps.flatMap((each) => each.steps).slice(0, 15);
  const sentence = fill(words.sentence, {
    mqls: counted(eligible.mqls),
    leads: counted(eligible.leads),
    window: String(window),
  });
  return (
    <>
      <p class="sentence-small">
        {sentence} {immature > 0 && formatCounted(place, words.immature, immature)}
      </p>
      {told.length === 0 ? <p>{words.none}</p> : <Lifts steps={told} level={level} named={named} />}
      {paths.length > 0 && (
        <Listed title={words.paths} headings={[words.path, words.mqls, words.days]}>
          {paths.map((path) => (
            <Line
              key={path.steps.join(" → ")}
              name={path.steps.map(named).join(" → ")}
              numbers={[path.mqls, path.days]}
            />
          ))}
        </Listed>
      )}
      {gaps.length > 0 && (
        <Listed title={words.gaps} headings={[words.step, words.times, words.days]}>
          {gaps.map((gap) => (
            <Line
              key={`${gap.from} → ${gap.to}`}
              name={`${named(gap.from)} → ${gap.to === null ? words.mql : named(gap.to)}`}
              numbers={[gap.times, gap.days]}
            />
          ))}
        </Listed>
      )}
    </>
  );
}

interface LiftsProps {
  steps: readonly ReadinessStep[];
  level: number;
  named: (step: string) => string;
}

function Lifts({ steps, level, named }: LiftsProps) {
  const { place } = useView();
  const { steps: words } = useEvidenceTexts();
  const percent = formatNumber(place.locale, level, { style: "percent" });
  const headings = [words.step, words.lift, fill(words.interval, { level: percent }), words.did, words.didNot];
  return (
    <Listed title={words.title} headings={headings} hidden>
      {steps.map((step) => (
        <Lift key={step.step} name={named(step.step)} step={step} />
      ))}
    </Listed>
  );
}

const twoDecimals = { minimumFractionDigits: 2, maximumFractionDigits: 2 };

function Lift({ name, step: { did, didNot, lift, interval, small } }: { name: string; step: ReadinessStep }) {
  const { place } = useView();
  const { steps: words } = useEvidenceTexts();
  const counted = (count: number) => formatNumber(place.locale, count);
  const side = ({ leads, mqls }: typeof did) => fill(words.share, { mqls: counted(mqls), leads: counted(leads) });
  const times = (ratio: number | null) => (ratio === null ? "∞" : `${formatNumber(place.locale, ratio, twoDecimals)}×`);
  return (
    <tr>
      <th scope="row">
        {name}
        {small && <span class="muted"> ({words.few})</span>}
      </th>
      <td class="number">{lift === null ? "—" : <data value={String(lift)}>{times(lift)}</data>}</td>
      <td class="number">{interval === null ? "—" : `${times(interval[0])} – ${times(interval[1])}`}</td>
      <td class="number">{side(did)}</td>
      <td class="number">{side(didNot)}</td>
    </tr>
  );
}

function Line({ name, numbers }: { name: string; numbers: readonly [number, number] }) {
  const { place } = useView();
  return (
    <tr>
      <th scope="row">{name}</th>
      {numbers.map((each, nth) => (
        <td key={nth} class="number">
          {formatNumber(place.locale, each, { maximumFractionDigits: 1 })}
        </td>
      ))}
    </tr>
  );
}
