/** Lets the button beside a query copy it. */
export function watchCopies(): void {
  document.addEventListener("click", ({ target }) => {
    const button = target instanceof Element ? target.closest<HTMLButtonElement>("button[data-copy]") : null;
    if (button !== null) void copyFrom(button);
  });
}

async function copyFrom(button: HTMLButtonElement): Promise<void> {
  const text = button.parentElement?.querySelector("pre")?.textContent ?? "";
  await navigator.clipboard.writeText(text);
  const name = button.textContent;
  button.textContent = button.dataset["copied"] ?? name;
  setTimeout(() => (button.textContent = name), 2000);
}
