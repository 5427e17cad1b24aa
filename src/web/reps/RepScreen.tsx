import type { RepDetail } from "../../contract/rep.ts";
import type { Rep, Reps, Side } from "../../contract/reps.ts";
import { fill } from "../../locales/index.ts";
import type { RepsTexts } from "../../locales/reps.ts";
import { hrefOf, shared } from "../address.ts";
import { indicatorPath, repsPath } from "../routes.ts";
import { Icon } from "../ui/Icon.tsx";
import { PageFoot } from "../ui/Notices.tsx";
import { Opening } from "../ui/Opening.tsx";
import { useView } from "../view.tsx";
import { Goals } from "./Goals.tsx";
import type { Individual } from "./loader.ts";
import { Cohort } from "./RepsScreen.tsx";
import { Risk } from "./Risk.tsx";
import { Steps } from "./Steps.tsx";
import { Stand } from "./Table.tsx";
import { useFigures, useWords } from "./words.ts";

/** The page of one who sells: their funnel against the team, the deals they may lose, and their goals. */
export function RepScreen({ individual: { rep, found, problem } }: { individual: Individual }) {
  const { shell } = useView();
  const words = useWords();
  const [own] = found?.map.reps ?? [];
  return (
    <>
      <p class="up">
        <a href={hrefOf(shell.address, { ...shared(shell.address), path: repsPath })}>
          <Icon name="back" /> {words.back}
        </a>
      </p>
      <Opening title={own?.name ?? rep} description={descriptionOf(own)} problem={problem} />
      {found && own && <Found found={found} own={own} />}
    </>
  );
}

const descriptionOf = (own: Rep | undefined): string => own?.team ?? "";

function adviceOf({ train, verdict }: Rep, words: RepsTexts): string {
  if (train !== null) return words.advice[train];
  return verdict === "too-few" ? words.noVerdict : words.noAdvice;
}

function Found({ found, own }: { found: RepDetail; own: Rep }) {
  const words = useWords();
  return (
    <>
      <Cohort question={found.map.question} />
      <section class="card findings">
        <p class="verdict">
          <strong>{{ ...words.verdicts, "in-between": words.between, "too-few": words.tooFew }[own.verdict]}</strong>
        </p>
        <p>{adviceOf(own, words)}</p>
      </section>
      <Place own={own} map={found.map} />
      <Steps own={own} map={found.map} />
      <Risk risk={found.risk} />
      <Goals goals={found.goals} />
      <PageFoot found={found.map} />
    </>
  );
}

/** Both sides of the map in figures, against all and against the nameless others. */
function Place({ own, map }: { own: Rep; map: Reps }) {
  const { shell } = useView();
  const words = useWords();
  const { rate, share } = useFigures(map.currency);
  const where = { ...shell.address.where, rep: { not: false, values: [own.rep] } };
  const to = (indicator: string) =>
    hrefOf(shell.address, { ...shared(shell.address), path: indicatorPath(indicator), where });
  return (
    <section class="card" aria-labelledby="place">
      <h2 id="place">{words.person}</h2>
      <dl class="sides">
        <Fact
          name={words.creates}
          nothing={words.nothingOpened}
          side={own.create}
          usual={map.usual.create}
          band={map.others?.create}
          figure={rate}
        />
        <Fact
          name={words.closes}
          nothing={words.nothingClosed}
          side={own.close}
          usual={map.usual.close}
          band={map.others?.close}
          figure={share}
        />
        {own.sqlsPerWeek !== null && (
          <div>
            <dt>{words.sqls}</dt>
            <dd>
              <strong>{rate(own.sqlsPerWeek)}</strong>
            </dd>
          </div>
        )}
      </dl>
      <p class="hint">
        <a href={to("win-ratio")}>{words.winsOf}</a> · <a href={to("sales-revenue")}>{words.revenueOf}</a>
      </p>
    </section>
  );
}

interface FactProps {
  name: string;
  nothing: string;
  side: Side | null;
  usual: number | null;
  band: readonly [number, number, number] | null | undefined;
  figure: (value: number) => string;
}

function Fact({ name, nothing, side, usual, band, figure }: FactProps) {
  const words = useWords();
  const range = side && fill(words.range, { low: figure(side.interval[0]), high: figure(side.interval[1]) });
  const [low, , high] = band ?? [];
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <strong>{side === null ? words.noValue : figure(side.value)}</strong>{" "}
        {side === null ? <span class="muted">{nothing}</span> : <Stand stands={side.stands} />}
      </dd>
      {range !== null && (
        <dd class="muted">
          {words.interval}: {range}
        </dd>
      )}
      {usual !== null && <dd class="muted">{fill(words.usual, { value: figure(usual) })}</dd>}
      {low !== undefined && high !== undefined && (
        <dd class="muted">{fill(words.band, { low: figure(low), high: figure(high) })}</dd>
      )}
    </div>
  );
}
