/** A small picker of emoji: search, groups, arrows. */
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { EmojiPickerProps } from '../types.ts';
import { type Emoji, emojiNamed, groups, spoken } from './emoji.ts';
import { focusBack, useFloating } from './use-floating.ts';

const columns = 8;

export function EmojiPicker({ at, onPick, onClose }: EmojiPickerProps) {
  const box = useRef<HTMLDivElement>(null);
  const search = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState('');
  useFloating(box, at, onClose);
  useLayoutEffect(() => search.current?.focus(), []);
  const found = emojiNamed(typed);
  const shown = typed === '' ? groups : [{ name: 'Found', emoji: found }];

  const buttons = () => [...(box.current?.querySelectorAll<HTMLElement>('.emoji-grid button') ?? [])];
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      focusBack(at);
      onClose();
      return;
    }
    const inSearch = event.target === search.current;
    const steps: Record<string, number> = inSearch
      ? { ArrowDown: 1 }
      : { ArrowRight: 1, ArrowLeft: -1, ArrowDown: columns, ArrowUp: -columns };
    const step = steps[event.key];
    if (inSearch && event.key === 'Enter') {
      event.preventDefault();
      if (found[0] && typed !== '') onPick(found[0].sign);
    } else if (step !== undefined) {
      event.preventDefault();
      const all = buttons();
      const to = all.indexOf(document.activeElement as HTMLElement) + step;
      (to < 0 ? search.current : all[Math.min(to, all.length - 1)])?.focus();
    }
  };

  return (
    <div ref={box} class="emoji-picker" role="dialog" aria-label="Choose an emoji" onKeyDown={onKeyDown} tabIndex={-1}>
      <input
        ref={search}
        class="text-input"
        type="text"
        aria-label="Search emoji"
        placeholder="Search"
        autocomplete="off"
        value={typed}
        onInput={(event) => setTyped(event.currentTarget.value)}
      />
      <div class="emoji-groups">
        {shown.map(({ name, emoji }) => (
          <section key={name} aria-label={name}>
            <h3>{name}</h3>
            <Grid emoji={emoji} onPick={onPick} />
          </section>
        ))}
        {typed !== '' && found.length === 0 && <p class="emoji-none">No emoji has that name.</p>}
      </div>
      <span class="sr-only" role="status">
        {typed === '' ? '' : `${found.length} found`}
      </span>
    </div>
  );
}

function Grid({ emoji, onPick }: { emoji: readonly Emoji[]; onPick(sign: string): void }) {
  return (
    <div class="emoji-grid">
      {emoji.map(({ sign, name }) => (
        <button
          key={name}
          type="button"
          tabIndex={-1}
          aria-label={spoken(name)}
          title={`:${name}:`}
          onClick={() => onPick(sign)}
        >
          {sign}
        </button>
      ))}
    </div>
  );
}
