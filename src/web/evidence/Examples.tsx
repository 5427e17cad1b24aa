const most = 3;

/** Keys of a few rows, as the source wrote them. */
export function Examples({ keys }: { keys: readonly string[] }) {
  if (keys.length === 0) return <>—</>;
  return (
    <code class="keys">
      {keys.slice(0, most).join(", ")}
      {keys.length > most ? " …" : ""}
    </code>
  );
}
