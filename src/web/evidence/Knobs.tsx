import { hrefOf, shared } from "../address.ts";
import { shiftDays } from "../dates.ts";
import { formatCounted } from "../format.ts";
import { attributionIn } from "../../locales/attribution.ts";
import { fill } from "../../locales/index.ts";
import { attributionPath } from "../routes.ts";
import type { Detail } from "../indicator/loader.ts";
import { useView } from "../view.tsx";
import { Kept } from "./Kept.tsx";
import { useEvidenceTexts } from "./view.ts";

/** What a page's numbers are asked with beside its filters: the clock, the window, and the day of knowledge. */
export function Knobs({ detail }: { detail: Detail }) {
  const { clocks } = detail.variant;
  const clock = detail.clock ?? clocks[0];
  return (
    <div class="knobs">
      {clocks.length > 1 && <ClockChoice clocks={clocks} current={clock} />}
      {clock === "cohort" && <WindowForm usual={detail.window} />}
      <DefinitionForm history={detail.entry.history} />
      <KnownForm />
      {detail.entry.id === "marketing-roi" && <AttributionLink />}
    </div>
  );
}

function AttributionLink() {
  const { shell, place } = useView();
  const { address } = shell;
  return (
    <a href={hrefOf(address, { ...shared(address), path: attributionPath })}>{attributionIn(place.language).link}</a>
  );
}

function ClockChoice({ clocks, current }: { clocks: Detail["variant"]["clocks"]; current: string | undefined }) {
  const { shell } = useView();
  const { knobs: words } = useEvidenceTexts();
  return (
    <nav class="segments" aria-label={words.clock}>
      {clocks.map((clock, index) => (
        <a
          key={clock}
          href={hrefOf(shell.address, { clock: index === 0 ? undefined : clock, window: undefined })}
          aria-current={clock === current ? "true" : undefined}
        >
          {words.clocks[clock]}
        </a>
      ))}
    </nav>
  );
}

const usualWindows = [7, 14, 30, 60, 90, 180, 365];

function WindowForm({ usual }: { usual: number | null }) {
  const { shell, place } = useView();
  const { knobs: words } = useEvidenceTexts();
  const { address } = shell;
  const all = [...new Set([...usualWindows, ...(address.window === undefined ? [] : [address.window])])];
  const days = (count: number) => formatCounted(place, words.days, count);
  const isUsual = address.window === undefined && usual !== null;
  return (
    <form class="knob" method="get" action={address.path} data-soft>
      <Kept address={{ ...address, window: undefined }} />
      <label for="window">{words.window}</label>
      <select id="window" name="w">
        <option value="">{isUsual ? `${days(usual)} (${words.windowUsual})` : words.windowUsual}</option>
        {all
          .toSorted((one, other) => one - other)
          .map((count) => (
            <option key={count} value={String(count)} selected={count === address.window}>
              {days(count)}
            </option>
          ))}
      </select>
      <button type="submit" class="button apply">
        {words.apply}
      </button>
    </form>
  );
}

/** Which version of the definition answers; there is nothing to choose where there is one. */
function DefinitionForm({ history }: { history: Detail["entry"]["history"] }) {
  const { shell, texts } = useView();
  const { knobs: words } = useEvidenceTexts();
  const { address } = shell;
  const versions = [...new Set(history.map(({ version }) => version))];
  if (versions.length < 2) return null;
  return (
    <form class="knob" method="get" action={address.path} data-soft>
      <Kept address={{ ...address, definition: undefined }} />
      <label for="definition">{texts.explain.definition}</label>
      <select id="definition" name="d">
        <option value="">{words.inForce}</option>
        {versions.toReversed().map((version) => (
          <option key={version} value={String(version)} selected={version === address.definition}>
            {fill(texts.detail.version, { version })}
          </option>
        ))}
      </select>
      <button type="submit" class="button apply">
        {words.apply}
      </button>
    </form>
  );
}

function KnownForm() {
  const { shell } = useView();
  const { knobs: words } = useEvidenceTexts();
  const { address, workspace } = shell;
  return (
    <details class="known" open={address.knownOn !== undefined}>
      <summary class="button">{words.knownTitle}</summary>
      <form class="knob" method="get" action={address.path} data-soft>
        <Kept address={{ ...address, knownOn: undefined }} />
        <label for="known-on">{words.known}</label>
        <input
          id="known-on"
          type="date"
          name="as"
          value={address.knownOn ?? ""}
          min={workspace.firstLoadedOn ?? undefined}
          max={shiftDays(workspace.today, -1)}
          required
        />
        <button type="submit" class="button">
          {words.see}
        </button>
      </form>
    </details>
  );
}
