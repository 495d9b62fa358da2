/** The list below (or above) a field from which one chooses, and the keys that move in it. */
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Icon } from '../icons.tsx';
import { ChoiceLook } from '../message/choice-look.tsx';
import type { Choice } from '../message/choices.ts';

export type ListProps = {
  id: string;
  label: string;
  choices: readonly Choice[];
  active: number;
  /** Values that are chosen; absent: nothing is marked as chosen. */
  chosen?: readonly string[];
  onActive(at: number): void;
  onPick(at: number): void;
};

export const optionId = (list: string, at: number): string => `${list}-${at}`;

export function PickList({ id, label, choices, active, chosen = [], onActive, onPick }: ListProps) {
  const list = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    list.current?.children[active]?.scrollIntoView({ block: 'nearest' });
  }, [active, choices]);
  return (
    <div ref={list} id={id} class="pick-list" role="listbox" aria-label={label}>
      {choices.map((choice, at) => {
        const isChosen = chosen.includes(choice.value);
        return (
          // biome-ignore lint/a11y/useKeyWithClickEvents lint/a11y/useFocusableInteractive: the field has the focus and the keys
          <div
            key={choice.value}
            id={optionId(id, at)}
            role="option"
            class={at === active ? 'pick active' : 'pick'}
            aria-selected={chosen.length > 0 ? isChosen : at === active}
            // The field keeps the focus, so that one can go on typing.
            onMouseDown={(event) => event.preventDefault()}
            onMouseMove={() => at !== active && onActive(at)}
            onClick={() => onPick(at)}
          >
            <ChoiceLook choice={choice} size={24} />
            {choice.description && <span class="pick-more">{choice.description}</span>}
            {isChosen && <Icon name="check" size={18} />}
          </div>
        );
      })}
    </div>
  );
}

type Keys = { count: number; open: boolean; first?: number; onPick(at: number): void; onClose(): void };

/** Moves in a list by the keyboard while the focus stays in its field. `onKey` is true when the key was for the list. */
export function useListKeys({ count, open, first = 0, onPick, onClose }: Keys) {
  const [wanted, setActive] = useState<number>();
  const active = count === 0 ? -1 : Math.min(wanted ?? first, count - 1);
  const move = (to: number) => setActive((to + count) % count);
  const onKey = (event: KeyboardEvent): boolean => {
    if (!open || event.isComposing) return false;
    const picks = event.key === 'Enter' || (event.key === 'Tab' && !event.shiftKey);
    if (count > 0 && event.key === 'ArrowDown') move(active + 1);
    else if (count > 0 && event.key === 'ArrowUp') move(active < 0 ? count - 1 : active - 1);
    else if (picks && !event.shiftKey && active >= 0) onPick(active);
    else if (event.key === 'Escape') onClose();
    else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  };
  /** What was typed has changed: begins at the top again. */
  return { active, setActive, onKey, reset: () => setActive(undefined) };
}
