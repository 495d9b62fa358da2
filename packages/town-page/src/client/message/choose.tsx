import type { RefObject } from 'preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { Icon } from '../icons.tsx';
import { ChoiceList } from './choice-list.tsx';
import { ChoiceLook } from './choice-look.tsx';
import { type Choice, toggled } from './choices.ts';

export type ChooseProps = {
  /** What a screen reader calls it. */
  label: string;
  hint: string;
  choices: readonly Choice[];
  /** Values that are chosen now. */
  chosen: readonly string[];
  min: number;
  max: number;
  disabled?: boolean;
  /** Waits for its answer. */
  pending?: boolean;
  /** Something else waits for its answer. */
  blocked?: boolean;
  invalid?: boolean;
  describedBy?: string;
  /** With one at most: at once. Otherwise when the list is closed and something changed. */
  onDone(values: string[]): void;
};

/** A select as Discord has it: what is chosen, and a list that opens, to be searched and used by the keyboard. */
export function Choose(props: ChooseProps) {
  const { choices, chosen, min, max, disabled = false, pending = false, blocked = false } = props;
  const [draft, setDraft] = useState<readonly string[]>();
  const button = useRef<HTMLElement>(null);
  const id = useId();
  const isOpen = draft !== undefined;
  const shown = draft ?? chosen;
  const known = shown.flatMap((value) => choices.find((one) => one.value === value) ?? []);

  const names = known.map((one) => one.label).join(', ') || props.hint;
  const spoken = names === props.label ? names : `${props.label}: ${names}`;

  const close = (values: readonly string[], focusBack: boolean) => {
    setDraft(undefined);
    if (focusBack) button.current?.focus();
    const isChanged = values.length !== chosen.length || values.some((value) => !chosen.includes(value));
    if (isChanged && values.length >= min) props.onDone([...values]);
  };
  const pick = (value: string) => {
    const next = toggled(shown, value, max);
    if (max > 1) setDraft(next);
    else close(next.length < min ? shown : next, true);
  };

  useEffect(() => {
    if ((disabled || pending) && isOpen) setDraft(undefined);
  }, [disabled, pending, isOpen]);

  return (
    <div class="choose">
      <button
        type="button"
        ref={button as RefObject<HTMLButtonElement>}
        class={`choose-button ${pending ? 'is-pending' : ''}`}
        disabled={disabled}
        aria-haspopup="listbox"
        aria-expanded={isOpen}
        aria-busy={pending}
        aria-disabled={blocked}
        aria-describedby={props.describedBy}
        data-invalid={props.invalid ? '' : undefined}
        {...(isOpen && { 'aria-controls': `${id}-list` })}
        onClick={() => {
          if (pending || blocked) return;
          if (draft) close(draft, true);
          else setDraft(chosen);
        }}
        onKeyDown={(event) => {
          if (isOpen || pending || blocked || (event.key !== 'ArrowDown' && event.key !== 'ArrowUp')) return;
          event.preventDefault();
          setDraft(chosen);
        }}
      >
        <span class="sr-only">{spoken}</span>
        <span class="choose-now" aria-hidden="true">
          {known.length === 0 && <span class="choose-hint">{props.hint}</span>}
          {known.map((one) => (
            <span key={one.value} class={max > 1 ? 'choose-chip' : 'choose-one'}>
              <ChoiceLook choice={one} size={20} />
            </span>
          ))}
        </span>
        {pending ? <Dots /> : <Icon name="caret" />}
      </button>
      {draft && (
        <ChoiceList
          id={id}
          label={props.label}
          choices={choices}
          chosen={draft}
          min={min}
          max={max}
          from={button}
          onPick={pick}
          onClose={(focusBack) => close(draft, focusBack)}
        />
      )}
    </div>
  );
}

/** Something is on its way. */
export const Dots = () => (
  <span class="dots" aria-hidden="true">
    <i />
    <i />
    <i />
  </span>
);
