import type { ComponentChildren } from "preact";
import { hrefOf, shared } from "../address.ts";
import { lookUp } from "../../locales/index.ts";
import { Chips } from "../ui/FilterBar.tsx";
import { Icon } from "../ui/Icon.tsx";
import { Dropped, Ended, PageFoot, Refusal } from "../ui/Notices.tsx";
import { indicatorTitle, useView, variantTitle } from "../view.tsx";
import { BreakdownCard } from "./Breakdown.tsx";
import { Headline } from "./Headline.tsx";
import type { Detail } from "./loader.ts";
import { TrendCard } from "./Trend.tsx";
import "./screen.css";

interface ScreenProps {
  detail: Detail;
  knobs: ComponentChildren;
  why: ComponentChildren;
  apart: ComponentChildren;
}

/** An indicator's page: how it moved, what explains it, what the goal is, and what defends it. */
export function IndicatorScreen({ detail, knobs, why, apart }: ScreenProps) {
  const { shell, texts } = useView();
  const { entry, variant } = detail;
  const title = indicatorTitle(texts, entry.id, entry.title);
  return (
    <>
      <header class="page-head">
        <a
          class="back"
          href={hrefOf(shell.address, { ...shared(shell.address), path: "/" })}
          aria-label={texts.missing.back}
        >
          <Icon name="back" />
        </a>
        <h1 tabIndex={-1}>{title}</h1>
      </header>
      <p class="description muted">{lookUp(texts.indicatorNames, entry.id)?.description ?? entry.description}</p>
      <Ended />
      <Dropped />
      <Chips />
      <Variants detail={detail} />
      {knobs}
      <section
        class="card headline"
        aria-label={variantTitle(texts, entry.id, variant.id, variant.title)}
        data-kpi={entry.id}
      >
        {detail.problem ? <Refusal problem={detail.problem} /> : <Headline detail={detail} title={title} />}
      </section>
      <TrendCard detail={detail} />
      {why}
      <BreakdownCard detail={detail} />
      {apart}
      <PageFoot found={detail} />
    </>
  );
}

function Variants({ detail }: { detail: Detail }) {
  const { shell, texts } = useView();
  const { entry, variant } = detail;
  if (entry.variants.length < 2) return null;
  const first = entry.variants[0]?.id;
  return (
    <nav class="segments wrap variants" aria-label={texts.detail.variants}>
      {entry.variants.map(({ id, title }) => (
        <a
          key={id}
          href={hrefOf(shell.address, { variant: id === first ? undefined : id })}
          aria-current={id === variant.id ? "true" : undefined}
        >
          {variantTitle(texts, entry.id, id, title)}
        </a>
      ))}
    </nav>
  );
}
