import { useView } from "../view.tsx";

/** The keys and what they do; opened by `?`. */
export function KeyHelp() {
  const { texts } = useView();
  const { keys } = texts;
  const list = [
    ["[", keys.previous],
    ["]", keys.next],
    ["c", keys.compare],
    ["t", keys.table],
    ["e", keys.explain],
    ["f", keys.filter],
    ["g h", keys.home],
    ["p", keys.print],
    ["?", keys.help],
    ["Esc", keys.escape],
  ] as const;
  return (
    <dialog id="keys" aria-labelledby="keys-title">
      <h2 id="keys-title">{keys.title}</h2>
      <dl>
        {list.map(([key, text]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
      <label class="check">
        <input type="checkbox" id="single-keys" defaultChecked /> {keys.enabled}
      </label>
      <form method="dialog">
        <button type="submit" class="button">
          {keys.close}
        </button>
      </form>
    </dialog>
  );
}
