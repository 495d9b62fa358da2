/** A command that was chosen, in the place of the message box: its options as fields, and the press that sends it. */
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Icon } from '../icons.tsx';
import type { Acts, Channel, OptionValue, World } from '../types.ts';
import { checkAll, checkOption, completesTyped, type Draft, type Drafts } from './option-check.ts';
import { OptionField } from './option-field.tsx';
import type { Entry, ValueOption } from './slash.ts';

type Props = {
  entry: Entry;
  drafts: Drafts;
  world: World;
  channel: Channel;
  acts: Acts;
  onDrafts(drafts: Drafts): void;
  onRun(values: Record<string, OptionValue>): void;
  /** `text`: what the message box holds then. */
  onLeave(text: string): void;
};

/** What was filled in; else, as one types on after a command's name, an option that helps one while one types. */
function begunWith({ options }: Entry, drafts: Drafts): readonly string[] {
  const filled = Object.keys(drafts);
  const [first] = options;
  return filled.length === 0 && first && completesTyped(first) ? [first.name] : filled;
}

export function SlashForm({ entry, drafts, world, channel, acts, onDrafts, onRun, onLeave }: Props) {
  const form = useRef<HTMLDivElement>(null);
  /** Optional ones that were asked for, in the order in which they were. */
  const [added, setAdded] = useState<readonly string[]>(() => begunWith(entry, drafts));
  const [tried, setTried] = useState<ReadonlySet<string>>(new Set());
  const shown = [
    ...entry.options.filter(({ required }) => required),
    ...added.flatMap((name) => entry.options.find((one) => one.name === name && !one.required) ?? []),
  ];
  const rest = entry.options.filter((option) => !shown.includes(option));

  const fieldOf = (name: string) =>
    form.current?.querySelector<HTMLElement>(`[data-option="${CSS.escape(name)}"] input`) ?? undefined;
  const toRun = () => form.current?.querySelector<HTMLElement>('.run')?.focus();
  /** The option that gets the focus as soon as it is there. */
  const awaited = useRef<string>(undefined);
  const focus = (name: string | undefined) => {
    const field = name === undefined ? undefined : fieldOf(name);
    if (field) field.focus();
    else if (name === undefined) toRun();
    else awaited.current = name;
  };
  useLayoutEffect(() => focus(shown[0]?.name), []);
  useLayoutEffect(() => {
    if (awaited.current !== undefined) focus(awaited.current);
    awaited.current = undefined;
  }, [added]);

  const set = (name: string, draft: Draft | undefined) => {
    const { [name]: _, ...others } = drafts;
    onDrafts(draft ? { ...others, [name]: draft } : others);
  };
  const isMissing = (option: ValueOption) => option.required === true && drafts[option.name] === undefined;

  /** To the next one that must be filled in; else one stays, and Enter sends. */
  const next = (from: string) => {
    const missing = shown.find((option) => option.name !== from && isMissing(option));
    if (missing) focus(missing.name);
  };
  const remove = (name: string) => {
    set(name, undefined);
    setAdded(added.filter((one) => one !== name));
    focus(shown.filter((one) => one.name !== name).at(-1)?.name);
  };
  const back = (option: ValueOption) => {
    const at = shown.indexOf(option);
    if (!option.required) remove(option.name);
    else if (at > 0) focus(shown[at - 1]?.name);
    else onLeave(`/${entry.name}`);
  };

  const run = () => {
    const { values, problems } = checkAll(entry, drafts);
    const [first] = shown.filter(({ name }) => problems[name] !== undefined);
    setTried(new Set(entry.options.map(({ name }) => name)));
    if (first) focus(first.name);
    else onRun(values);
  };
  const problemOf = (option: ValueOption): string | undefined => {
    const checked = checkOption(option, drafts[option.name]);
    return tried.has(option.name) && 'problem' in checked ? checked.problem : undefined;
  };
  const wrong = shown.flatMap((option) => {
    const problem = problemOf(option);
    return problem === undefined ? [] : [`${option.name}: ${problem}`];
  });

  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out as a row
    <div
      ref={form}
      class="slash-form"
      role="group"
      aria-label={`Command /${entry.name}`}
      onKeyDown={(event) => {
        const isField = event.target instanceof HTMLInputElement;
        if (event.key === 'Enter' && isField && !event.isComposing) {
          event.preventDefault();
          run();
        } else if (event.key === 'Escape' || (event.key === 'Backspace' && !isField)) {
          event.preventDefault();
          onLeave(`/${entry.name}`);
        }
      }}
    >
      <div class="slash-fields">
        <span class="slash-name">/{entry.name}</span>
        {shown.map((option) => (
          <OptionField
            key={option.name}
            entry={entry}
            option={option}
            drafts={drafts}
            problem={problemOf(option)}
            world={world}
            channel={channel}
            acts={acts}
            onDraft={(draft) => {
              set(option.name, draft);
            }}
            onRemove={() => remove(option.name)}
            onNext={() => next(option.name)}
            onBack={() => back(option)}
          />
        ))}
        {rest.map(({ name, description }) => (
          <button
            key={name}
            type="button"
            class="option-add"
            title={description}
            aria-label={`Add the option ${name}: ${description}`}
            onClick={() => {
              setAdded([...added, name]);
              focus(name);
            }}
          >
            + {name}
          </button>
        ))}
      </div>
      <button type="button" class="icon-button" aria-label="Cancel the command" onClick={() => onLeave('')}>
        <Icon name="close" />
      </button>
      <button type="button" class="icon-button send run" aria-label={`Run /${entry.name}`} onClick={run}>
        <Icon name="send" size={22} />
      </button>
      <p class="sr-only" role="alert">
        {wrong.join(' ')}
      </p>
    </div>
  );
}
