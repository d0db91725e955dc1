import type { ComponentChildren } from "preact";

interface Props {
  label: string;
  isText?: boolean;
  children: ComponentChildren;
}

/** What may be longer than its place: it scrolls, by keys too, and has a name. */
export function Scroll({ label, isText, children }: Props) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys.
    <section class={isText ? "scroll text" : "scroll"} tabIndex={0} aria-label={label}>
      {isText ? <pre>{children}</pre> : children}
    </section>
  );
}
