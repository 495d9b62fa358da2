/** A new thread: from a message, or in a channel, where it can be private. */

import { ComponentType } from 'discord-api-types/v10';
import { useId, useState } from 'preact/hooks';
import { choicesOf } from '../message/choices.ts';
import { Choose } from '../message/choose.tsx';
import type { ThreadDialogProps } from '../types.ts';
import { Dialog } from './dialog.tsx';
import { Field } from './field.tsx';
import { withNames } from './mentions.ts';
import { NameField } from './name-field.tsx';
import { useSending } from './use-sending.ts';

export function ThreadDialog({ channel, from, world, acts, onClose }: ThreadDialogProps) {
  const id = useId();
  const [name, setName] = useState(from ? beginningOf(withNames(from.content, world)) : '');
  const [isPrivate, setPrivate] = useState(false);
  const [invites, setInvites] = useState<readonly string[]>([]);
  const [tried, setTried] = useState(false);
  const { sending, problem, send } = useSending(onClose);
  const wrong = tried && name.trim() === '' ? 'A thread needs a name.' : undefined;
  const people = choicesOf({ type: ComponentType.UserSelect, custom_id: '' }, world, channel).filter(
    ({ value }) => value !== world.me.id,
  );

  const submit = () => {
    setTried(true);
    const called = name.trim();
    if (called === '') document.getElementById(id)?.focus();
    else if (isPrivate) void send(() => acts.startsPrivateThread(channel.id, called, invites));
    else void send(() => acts.startsThread(from ?? channel.id, called));
  };

  return (
    <Dialog
      title={from ? 'New thread from a message' : `New thread in #${channel.name}`}
      submit="Create thread"
      sending={sending}
      problem={problem}
      onSubmit={submit}
      onClose={onClose}
    >
      <NameField id={id} label="Thread name" value={name} problem={wrong} isMarked onName={setName} />
      {!from && (
        <div class="field">
          <label class={isPrivate ? 'option-row chosen' : 'option-row'}>
            <input type="checkbox" checked={isPrivate} onChange={(event) => setPrivate(event.currentTarget.checked)} />
            <span class="option-words">
              <span>Private thread</span>
              <span class="option-about">Only people you invite and moderators can see it.</span>
            </span>
          </label>
        </div>
      )}
      {isPrivate && (
        <Field id={`${id}-invites`} label="Invite" required={false} problem={undefined} named>
          <Choose
            label="Invite"
            hint="Choose people"
            choices={people}
            chosen={invites}
            min={0}
            max={Math.max(2, people.length)}
            onDone={setInvites}
          />
        </Field>
      )}
    </Dialog>
  );
}

/** A message's first line, as far as a name goes. */
const beginningOf = (text: string): string => (text.split('\n')[0] ?? '').slice(0, 60).trim();
