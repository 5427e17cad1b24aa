import { useLayoutEffect, useRef, useState } from "preact/hooks";

/** The width of a box as it is on the page; the given one where there is no page yet. */
export function useWidth<T extends HTMLElement>(assumed: number) {
  const box = useRef<T>(null);
  const [width, setWidth] = useState(assumed);
  useLayoutEffect(() => {
    const element = box.current;
    if (element === null) return undefined;
    const measure = () => element.clientWidth > 0 && setWidth(Math.floor(element.clientWidth));
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return { box, width };
}
