import type { RefObject } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { ChoiceLook } from './choice-look.tsx';
import { type Choice, matching } from './choices.ts';
import { floatAt } from './float-at.ts';

type Props = {
  id: string;
  label: string;
  choices: readonly Choice[];
  chosen: readonly string[];
  min: number;
  max: number;
  from: RefObject<HTMLElement | null>;
  onPick(value: string): void;
  onClose(focusBack: boolean): void;
};

/** Longer lists begin with a search; shorter ones jump to what is typed, and spare a phone its keyboard. */
const searchedFrom = 11;

export function ChoiceList({ id, label, choices, chosen, min, max, from, onPick, onClose }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const typed = useRef({ text: '', at: 0 });
  const [search, setSearch] = useState('');
  const isSearched = choices.length >= searchedFrom;
  const found = isSearched ? matching(choices, search) : choices;
  const [active, setActive] = useState(() =>
    Math.max(
      0,
      choices.findIndex((one) => chosen.includes(one.value)),
    ),
  );
  const isFull = max > 1 && chosen.length >= max;
  const optionId = (at: number) => `${id}-option-${at}`;

  useLayoutEffect(() => {
    const stop = floatAt(box.current, from.current);
    box.current?.querySelector<HTMLElement>('input, [role=listbox]')?.focus({ preventScroll: true });
    return stop;
  }, [from]);

  useEffect(() => {
    const outside = (event: PointerEvent) => {
      const at = event.target as Node;
      if (!box.current?.contains(at) && !from.current?.contains(at)) onClose(false);
    };
    document.addEventListener('pointerdown', outside);
    return () => document.removeEventListener('pointerdown', outside);
  });

  useEffect(() => {
    box.current?.querySelector('[data-active]')?.scrollIntoView({ block: 'nearest' });
  }, [active]);

  const pickAt = (at: number) => {
    const one = found[at];
    if (one && !(isFull && !chosen.includes(one.value))) onPick(one.value);
  };
  const jump = (letter: string) => {
    const now = Date.now();
    typed.current = { text: now - typed.current.at < 700 ? typed.current.text + letter : letter, at: now };
    const wanted = typed.current.text.toLowerCase();
    const at = found.findIndex((one) => one.label.toLowerCase().startsWith(wanted));
    if (at >= 0) setActive(at);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const { key } = event;
    const last = found.length - 1;
    const moves: Record<string, number> = {
      ArrowDown: active >= last ? 0 : active + 1,
      ArrowUp: active <= 0 ? last : active - 1,
      PageDown: Math.min(last, active + 8),
      PageUp: Math.max(0, active - 8),
      ...(!isSearched && { Home: 0, End: last }),
    };
    const move = moves[key];
    if (move !== undefined) setActive(move);
    else if (key === 'Enter' || (key === ' ' && !isSearched)) pickAt(active);
    // The button that holds the list is where Tab goes on from; one that chooses several has a button of its own first.
    else if (key === 'Tab' && max === 1) return onClose(true);
    else {
      if (!isSearched && key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey) jump(key);
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  };
  const current = found[active] ? { 'aria-activedescendant': optionId(active) } : {};

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape closes it from wherever the focus is within
    <div
      class="choices"
      ref={box}
      popover="manual"
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.preventDefault();
        event.stopPropagation();
        onClose(true);
      }}
      onFocusOut={({ relatedTarget: next }) => {
        if (next instanceof Node && !box.current?.contains(next) && next !== from.current) onClose(false);
      }}
    >
      {isSearched && (
        <input
          class="choices-search"
          type="text"
          role="combobox"
          aria-label={`Search: ${label}`}
          aria-expanded="true"
          aria-controls={`${id}-list`}
          aria-autocomplete="list"
          autocomplete="off"
          placeholder="Search"
          value={search}
          {...current}
          onInput={(event) => {
            setSearch(event.currentTarget.value);
            setActive(0);
          }}
          onKeyDown={onKeyDown}
        />
      )}
      <div
        class="choices-list"
        id={`${id}-list`}
        role="listbox"
        aria-label={label}
        aria-multiselectable={max > 1}
        tabIndex={isSearched ? -1 : 0}
        {...(!isSearched && { ...current, onKeyDown })}
      >
        {found.map((one, at) => {
          const isChosen = chosen.includes(one.value);
          return (
            // biome-ignore lint/a11y/useKeyWithClickEvents lint/a11y/useFocusableInteractive: the list has the keyboard
            <div
              key={one.value}
              id={optionId(at)}
              class="choice"
              role="option"
              aria-selected={isChosen}
              aria-disabled={isFull && !isChosen}
              data-active={at === active ? '' : undefined}
              data-value={one.value}
              onPointerMove={() => setActive(at)}
              onClick={() => pickAt(at)}
            >
              <ChoiceLook choice={one} size={24} />
              {one.description && <small class="choice-more">{one.description}</small>}
              <span class={`choice-mark ${max > 1 ? 'choice-box' : ''}`} aria-hidden="true" />
            </div>
          );
        })}
        {found.length === 0 && <p class="choices-none">Nothing found</p>}
      </div>
      {max > 1 && (
        <div class="choices-foot">
          <span aria-live="polite">
            {chosen.length < min ? `Choose at least ${min}` : `${chosen.length} of up to ${max} chosen`}
          </span>
          <button type="button" class="button" onClick={() => onClose(true)}>
            Done
          </button>
        </div>
      )}
    </div>
  );
}
