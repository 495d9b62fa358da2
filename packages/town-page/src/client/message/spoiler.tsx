import type { ComponentChildren } from 'preact';
import { useRef, useState } from 'preact/hooks';

const opensOn = new Set(['Enter', ' ']);

/** `||hidden||` in a text: opens by a press and stays open. */
export function Spoiler({ children }: { children: ComponentChildren }) {
  const [isOpen, setOpen] = useState(false);
  if (isOpen) return <span class="md-spoiler md-open">{children}</span>;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a button cannot break over lines within a sentence
    <span
      class="md-spoiler"
      role="button"
      tabIndex={0}
      aria-label="Spoiler: press to show"
      onClick={(event) => {
        event.stopPropagation();
        setOpen(true);
      }}
      onKeyDown={(event) => {
        if (!opensOn.has(event.key)) return;
        event.preventDefault();
        event.stopPropagation();
        setOpen(true);
      }}
    >
      <span class="md-hidden" inert>
        {children}
      </span>
    </span>
  );
}

type CoverProps = { isSpoiler: boolean; what: string; class?: string; children: ComponentChildren };

/** A whole picture, file or container that is a spoiler. What is below the cover can be neither seen nor reached. */
export function Covered({ isSpoiler, what, class: extra = '', children }: CoverProps) {
  const [isOpen, setOpen] = useState(false);
  const inner = useRef<HTMLDivElement>(null);
  if (!isSpoiler) return <>{children}</>;
  const open = () => {
    setOpen(true);
    // The button goes away: whoever used the keyboard goes on with what it covered.
    requestAnimationFrame(() => inner.current?.focus());
  };
  return (
    <div class={`cover ${isOpen ? 'cover-open' : ''} ${extra}`}>
      <div class="cover-inner" ref={inner} tabIndex={-1} inert={!isOpen}>
        {children}
      </div>
      {!isOpen && (
        <button type="button" class="cover-button" aria-label={`Spoiler: show the ${what}`} onClick={open}>
          <span class="cover-word">Spoiler</span>
        </button>
      )}
    </div>
  );
}
