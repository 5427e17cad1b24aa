import { useView } from "../view.tsx";

/** An address that is no page. */
export function MissingScreen() {
  const { texts } = useView();
  return (
    <section class="card message">
      <h1 tabIndex={-1}>{texts.missing.notFoundTitle}</h1>
      <p>{texts.missing.notFound}</p>
      <p>
        <a class="button primary" href="/">
          {texts.missing.back}
        </a>
      </p>
    </section>
  );
}
