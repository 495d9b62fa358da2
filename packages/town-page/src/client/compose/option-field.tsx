/** One option of a command: its name, its value, and above it what it means and offers. */
import { ApplicationCommandOptionType as Option } from 'discord-api-types/v10';
import { useId, useState } from 'preact/hooks';
import { Icon } from '../icons.tsx';
import type { Acts, Channel, World } from '../types.ts';
import { takeFiles } from './file-list.tsx';
import { addFiles } from './limits.ts';
import type { Draft, Drafts } from './option-check.ts';
import { fitting, fixedOffers, useCompletion } from './option-choices.ts';
import { optionId, PickList, useListKeys } from './pick-list.tsx';
import type { Entry, ValueOption } from './slash.ts';

export type OptionFieldProps = {
  entry: Entry;
  option: ValueOption;
  drafts: Drafts;
  /** Said once the form was tried. */
  problem: string | undefined;
  world: World;
  channel: Channel;
  acts: Acts;
  onDraft(draft: Draft | undefined): void;
  onRemove(): void;
  /** Something was picked: on to what is missing. */
  onNext(): void;
  /** Backspace where nothing is left to delete. */
  onBack(): void;
};

const modes: Partial<Record<Option, 'numeric' | 'decimal' | 'text'>> = {
  [Option.Integer]: 'numeric',
  [Option.Number]: 'decimal',
};

export function OptionField(props: OptionFieldProps) {
  const { option, problem, onRemove } = props;
  const id = useId();
  const isFile = option.type === Option.Attachment;
  return (
    <div class={problem ? 'option wrong' : 'option'} data-option={option.name}>
      <label class="option-name" for={id}>
        {option.name}
        {option.required && <span class="sr-only"> (required)</span>}
      </label>
      {isFile ? <FileValue id={id} {...props} /> : <TypedValue id={id} {...props} />}
      {!option.required && (
        <button type="button" class="option-remove" aria-label={`Remove the option ${option.name}`} onClick={onRemove}>
          <Icon name="close" size={14} />
        </button>
      )}
    </div>
  );
}

function TypedValue(props: OptionFieldProps & { id: string }) {
  const { id, option, drafts, problem, world, channel, onDraft, onNext, onBack } = props;
  const [focused, setFocused] = useState(false);
  const [closed, setClosed] = useState(false);
  const draft = drafts[option.name];
  const fixed = fixedOffers(option, world, channel);
  const completion = useCompletion({ ...props, active: focused });
  const offers = fixed ? fitting(fixed, draft) : (completion?.offers ?? []);
  const note = fixed && offers.length === 0 ? 'No options match your search.' : completion?.note;
  const isList = fixed !== undefined || completion !== undefined;
  const open = focused && !closed;
  const shows = open && offers.length > 0;

  const pick = (at: number) => {
    const offer = offers[at];
    if (!offer) return;
    onDraft({ text: offer.label, value: offer.gives });
    setClosed(true);
    onNext();
  };
  const { active, setActive, onKey, reset } = useListKeys({
    count: offers.length,
    open: shows,
    // What is chosen stays chosen, and what may be left out is left out: Enter sends the command.
    first: draft ? (draft.value === undefined ? 0 : -1) : option.required ? 0 : -1,
    onPick: pick,
    onClose: () => setClosed(true),
  });
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown' && isList && closed) setClosed(false);
    else if (onKey(event)) return;
    else if (event.key === 'Backspace' && (draft?.text ?? '') === '') {
      event.preventDefault();
      onBack();
    }
  };

  return (
    <>
      <input
        id={id}
        class="option-value"
        type="text"
        autocomplete="off"
        spellcheck={false}
        inputMode={modes[option.type] ?? 'text'}
        value={draft?.text ?? ''}
        aria-invalid={problem !== undefined}
        aria-describedby={`${id}-help`}
        aria-required={option.required === true}
        {...(isList && {
          role: 'combobox' as const,
          'aria-expanded': shows,
          'aria-autocomplete': 'list' as const,
          'aria-controls': shows ? `${id}-list` : undefined,
          'aria-activedescendant': shows && active >= 0 ? optionId(`${id}-list`, active) : undefined,
        })}
        onFocus={() => {
          setFocused(true);
          setClosed(false);
        }}
        onBlur={() => setFocused(false)}
        onKeyDown={onKeyDown}
        onInput={(event) => {
          const text = event.currentTarget.value;
          reset();
          setClosed(false);
          onDraft(text === '' ? undefined : { text });
        }}
      />
      <Help {...props} id={`${id}-help`} visible={focused}>
        {open && note !== undefined && (
          <p class="float-note" role="status">
            {note}
          </p>
        )}
        {shows && (
          <PickList
            id={`${id}-list`}
            label={option.name}
            choices={offers}
            active={active}
            {...(draft?.value !== undefined && { chosen: [String(draft.value)] })}
            onActive={setActive}
            onPick={pick}
          />
        )}
      </Help>
    </>
  );
}

type HelpProps = Pick<OptionFieldProps, 'option' | 'problem'> & {
  id: string;
  visible: boolean;
  children?: import('preact').ComponentChildren;
};

/** Stands above the box while the option has the focus; read aloud with it. */
function Help({ id, option, problem, visible, children }: HelpProps) {
  return (
    <div class={visible ? 'compose-float' : 'sr-only'}>
      <p class="float-help" id={id}>
        <b aria-hidden="true">{option.name}</b> <span>{option.description}</span>
        {!option.required && <span class="float-optional"> Optional</span>}
        {problem && <span class="field-problem"> {problem}</span>}
      </p>
      {children}
    </div>
  );
}

function FileValue({ id, option, drafts, problem, onDraft, onNext }: OptionFieldProps & { id: string }) {
  const [focused, setFocused] = useState(false);
  const [large, setLarge] = useState<string>();
  const file = drafts[option.name]?.value;
  return (
    <>
      <input
        id={id}
        class="sr-only option-file"
        type="file"
        aria-invalid={problem !== undefined}
        aria-describedby={`${id}-help`}
        onFocus={() => setFocused(true)}
        onBlur={() => setFocused(false)}
        onChange={(event) => {
          const { files, problem: heavy } = addFiles([], takeFiles(event.currentTarget), 1);
          setLarge(heavy);
          const [chosen] = files;
          if (!chosen) return;
          onDraft({ text: chosen.name, value: chosen });
          onNext();
        }}
      />
      <label class="option-choose" for={id}>
        {file instanceof File ? file.name : 'Choose a file'}
      </label>
      <Help id={`${id}-help`} option={option} problem={large ?? problem} visible={focused} />
    </>
  );
}
