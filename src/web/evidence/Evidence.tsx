import type { Detail } from "../indicator/loader.ts";
import { indicatorTitle, useView } from "../view.tsx";
import { BridgeCardView } from "./Bridge.tsx";
import { ChangesCardView } from "./Changes.tsx";
import { DefinitionHistory } from "./History.tsx";
import type { Evidence } from "./loader.ts";
import type { Told } from "./view.ts";
import { RuleCardView } from "./Rule.tsx";
import { StepsCardView } from "./Steps.tsx";
import { WhyCardView } from "./Why.tsx";

export interface EvidenceProps {
  evidence: Evidence;
  detail: Detail;
}

function useTold({ entry, kind, better, currency }: Detail): Told {
  const { texts } = useView();
  return { indicator: entry.id, title: indicatorTitle(texts, entry.id, entry.title), kind, better, currency };
}

/** Why the number changed against the compared days. */
export function WhyEvidence({ evidence, detail }: EvidenceProps) {
  const told = useTold(detail);
  return evidence.why && <WhyCardView card={evidence.why} by={detail.variant.by} told={told} />;
}

/** How the number differs from what it was known to be, and from other numbers. */
export function ApartEvidence({ evidence, detail }: EvidenceProps) {
  const told = useTold(detail);
  return (
    <>
      {evidence.rule && <RuleCardView card={evidence.rule} />}
      {evidence.steps && <StepsCardView card={evidence.steps} />}
      <ChangesCardView card={evidence.changes} told={told} />
      <DefinitionHistory entry={detail.entry} />
      <BridgeCardView card={evidence.bridge} choices={evidence.choices} told={told} />
    </>
  );
}
