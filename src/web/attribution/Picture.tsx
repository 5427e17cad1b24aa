const [width, height, bar, gap] = [64, 24, 10, 3];

/** A rule as five bars, each as high as the share of its touch; the words beside it say the same. */
export function Picture({ shares }: { shares: readonly number[] }) {
  return (
    <svg class="rule" width={width} height={height} viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
      {shares.map((share, at) => {
        const size = Math.max(1, Math.round(share * height * 10) / 10);
        return (
          <rect key={at} x={at * (bar + gap)} y={height - size} width={bar} height={size} rx="1" fill="var(--c1)" />
        );
      })}
    </svg>
  );
}
