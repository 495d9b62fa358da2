/** The box one types into, with what it offers meanwhile: commands, mentions, emoji. */
import type { RefObject } from 'preact';
import { useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Channel, World } from '../types.ts';
import { useGrowing } from './grow.ts';
import { optionId, PickList, useListKeys } from './pick-list.tsx';
import type { Entry } from './slash.ts';
import { suggestionFor } from './suggest.ts';

type Props = {
  box: RefObject<HTMLTextAreaElement | null>;
  text: string;
  label: string;
  world: World;
  channel: Channel;
  entries: readonly Entry[];
  onText(text: string): void;
  onCommand(entry: Entry): void;
  onSend(): void;
  onUp(): void;
  onEscape(): void;
  onFiles(files: readonly File[]): void;
};

export function MessageBox(props: Props) {
  const { box, text, label, world, channel, entries, onText } = props;
  const list = useId();
  const [caret, setCaret] = useState(text.length);
  /** The text for which the list was closed. */
  const closedFor = useRef<string>(undefined);
  const [focused, setFocused] = useState(false);
  const [, again] = useState(0);
  useGrowing(box, text);
  const caretTo = useRef<number>(undefined);
  useLayoutEffect(() => {
    const to = caretTo.current;
    caretTo.current = undefined;
    if (to !== undefined) box.current?.setSelectionRange(to, to);
  }, [text]);

  const suggestion = focused ? suggestionFor({ text, caret }, world, channel, entries) : undefined;
  const open = suggestion !== undefined && closedFor.current !== text;
  const choices = open ? suggestion.choices : [];

  const pick = (at: number) => {
    const value = choices[at]?.value;
    if (!suggestion || value === undefined) return;
    const entry = suggestion.kind === 'commands' ? entries.find(({ name }) => name === value) : undefined;
    if (entry) {
      props.onCommand(entry);
      return;
    }
    const made = `${text.slice(0, suggestion.from)}${value} `;
    onText(made + text.slice(caret).replace(/^ /, ''));
    setCaret(made.length);
    caretTo.current = made.length;
  };
  const close = () => {
    closedFor.current = text;
    again((n) => n + 1);
  };
  const { active, setActive, onKey, reset } = useListKeys({
    count: choices.length,
    open,
    onPick: pick,
    onClose: close,
  });

  const onKeyDown = (event: KeyboardEvent) => {
    if (onKey(event) || event.isComposing) return;
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      props.onSend();
    } else if (event.key === 'ArrowUp' && text === '') {
      event.preventDefault();
      props.onUp();
    } else if (event.key === 'Escape') props.onEscape();
  };

  return (
    <>
      {open && (
        <div class="compose-float">
          <p class="float-title" aria-hidden="true">
            {suggestion.title}
          </p>
          <PickList
            id={list}
            label={suggestion.title}
            choices={choices}
            active={active}
            onActive={setActive}
            onPick={pick}
          />
        </div>
      )}
      <textarea
        ref={box}
        class="message-box"
        rows={1}
        value={text}
        aria-label={label}
        placeholder={label}
        aria-autocomplete="list"
        aria-haspopup="listbox"
        {...(open && { 'aria-controls': list })}
        {...(open && active >= 0 && { 'aria-activedescendant': optionId(list, active) })}
        enterkeyhint="send"
        onFocus={() => setFocused(true)}
        onBlur={() => setFocused(false)}
        onKeyDown={onKeyDown}
        onSelect={(event) => setCaret(event.currentTarget.selectionStart)}
        onInput={(event) => {
          const { value, selectionStart } = event.currentTarget;
          closedFor.current = undefined;
          reset();
          setCaret(selectionStart);
          onText(value);
        }}
        onPaste={(event) => {
          const files = [...(event.clipboardData?.files ?? [])];
          if (files.length === 0) return;
          event.preventDefault();
          props.onFiles(files);
        }}
      />
      <span class="sr-only" role="status">
        {open ? `${choices.length} ${suggestion.title.toLowerCase()} to choose from` : ''}
      </span>
    </>
  );
}
