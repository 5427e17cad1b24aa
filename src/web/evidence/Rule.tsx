import type { PreviewGroup, ScorePreview } from "../../contract/score.ts";
import { fill } from "../../locales/index.ts";
import { hrefOf } from "../address.ts";
import { formatPeriod } from "../dates.ts";
import { formatNumber } from "../format.ts";
import { Refusal } from "../ui/Notices.tsx";
import { useView } from "../view.tsx";
import { Kept } from "./Kept.tsx";
import { Listed } from "./Listed.tsx";
import type { RuleCard } from "./loader.ts";
import { lineText } from "./rule-line.ts";
import { useEvidenceTexts } from "./view.ts";

/** The rule for MQLs, to be edited with a preview: folded until somebody asks. */
export function RuleCardView({ card: { rule, preview, problem } }: { card: RuleCard }) {
  const { rule: words } = useEvidenceTexts();
  return (
    <details class="card folded" id="ru" open={preview !== null || problem !== null}>
      <summary>
        <h2>{words.title}</h2>
      </summary>
      <p class="muted">{words.lead}</p>
      {rule.text === null && <p>{words.none}</p>}
      <RuleForm text={rule.text} />
      {problem && <Refusal problem={problem} />}
      {preview && <Change preview={preview} />}
    </details>
  );
}

function RuleForm({ text }: { text: string | null }) {
  const { shell } = useView();
  const { rule: words } = useEvidenceTexts();
  const { address } = shell;
  return (
    <form class="asking" method="get" action={`${address.path}#ru`} data-soft>
      <Kept address={{ ...address, rule: undefined }} />
      <label for="rule">{words.text}</label>
      <textarea id="rule" name="ru" rows={12} maxLength={3000} spellcheck={false} required>
        {address.rule ?? text ?? ""}
      </textarea>
      <button type="submit" class="button">
        {words.ask}
      </button>
      {address.rule !== undefined && <a href={hrefOf(address, { rule: undefined })}>{words.stop}</a>}
    </form>
  );
}

function Change({ preview }: { preview: ScorePreview }) {
  const { place, texts } = useView();
  const { rule: words } = useEvidenceTexts();
  const counted = (count: number) => formatNumber(place.locale, count);
  return (
    <>
      <Listed title={words.title} headings={[words.month, words.now, words.proposed]} hidden>
        {preview.months.map(({ month, before, after }) => (
          <Numbers key={month} name={formatPeriod(place, month, "month")} numbers={[counted(before), counted(after)]} />
        ))}
        <Numbers name={words.total} numbers={[counted(preview.total.before), counted(preview.total.after)]} />
      </Listed>
      <Listed title={words.groups} headings={[words.group, "MQL", words.accepted, words.sqls]}>
        {(["kept", "gained", "lost"] as const).map((each) => (
          <Group key={each} name={words[each]} group={preview[each]} />
        ))}
      </Listed>
      {preview.lines.length > 0 && (
        <Listed title={words.decisive} headings={[words.line, words.without, words.scored, words.points]}>
          {preview.lines.map((each) => (
            <Numbers
              key={`${each.part} ${each.line}`}
              name={lineText(texts, place, each)}
              numbers={[
                counted(each.decisive),
                counted(each.leads),
                formatNumber(place.locale, each.points, { maximumFractionDigits: 1 }),
              ]}
            />
          ))}
        </Listed>
      )}
      <p class="hint muted">
        {words.publish} <code>embudo publish rules/mql.yaml</code>
      </p>
    </>
  );
}

function Group({ name, group }: { name: string; group: PreviewGroup }) {
  const { place } = useView();
  const { rule: words } = useEvidenceTexts();
  const counted = (count: number) => formatNumber(place.locale, count);
  const share = (part: number, whole: number) =>
    whole === 0 ? "—" : fill(words.share, { part: counted(part), whole: counted(whole) });
  return (
    <Numbers
      name={name}
      numbers={[counted(group.leads), share(group.accepted, group.decided), share(group.sqls, group.leads)]}
    />
  );
}

function Numbers({ name, numbers }: { name: string; numbers: readonly string[] }) {
  return (
    <tr>
      <th scope="row">{name}</th>
      {numbers.map((each, nth) => (
        <td key={nth} class="number">
          {each}
        </td>
      ))}
    </tr>
  );
}
