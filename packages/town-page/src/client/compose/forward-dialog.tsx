/** Where a message is forwarded to. */
import { ChannelType } from 'discord-api-types/v10';
import { useId, useState } from 'preact/hooks';
import type { Choice } from '../message/choices.ts';
import { Choose } from '../message/choose.tsx';
import { isDm, isPost, nameOf } from '../names.ts';
import type { Channel, ForwardDialogProps, World } from '../types.ts';
import { Dialog } from './dialog.tsx';
import { describedBy, Field } from './field.tsx';
import { withNames } from './mentions.ts';
import { useSending } from './use-sending.ts';

const takesMessages = ({ type, may, thread }: Channel) =>
  may.write && !thread?.archived && type !== ChannelType.GuildForum && type !== ChannelType.GuildCategory;

function placeOf(world: World, channel: Channel): Choice {
  const person = isDm(channel) ? world.people.get(channel.with ?? '') : undefined;
  const parent = channel.thread ? world.channels.get(channel.parent ?? '')?.name : undefined;
  const sign = isPost(world, channel) ? '💬' : channel.thread ? '🧵' : '#';
  return {
    value: channel.id,
    label: nameOf(world, channel),
    description: parent,
    ...(person ? { person } : { sign }),
  };
}

export function ForwardDialog({ message, world, acts, onClose }: ForwardDialogProps) {
  const id = useId();
  const [to, setTo] = useState<string>();
  const [tried, setTried] = useState(false);
  const { sending, problem, send } = useSending(onClose);
  const wrong = tried && to === undefined ? 'Choose where to.' : undefined;
  const places = [...world.channels.values()].filter(takesMessages).map((channel) => placeOf(world, channel));
  const described = describedBy(id, undefined, wrong);

  const submit = () => {
    setTried(true);
    if (to === undefined) document.getElementById(id)?.querySelector('button')?.focus();
    else void send(() => acts.forwards(message, to));
  };

  return (
    <Dialog
      title="Forward message"
      submit="Forward"
      sending={sending}
      problem={problem}
      onSubmit={submit}
      onClose={onClose}
    >
      <Field id={id} label="Forward to" required problem={wrong} named>
        <Choose
          label="Forward to"
          hint="Choose a channel or a person"
          choices={places}
          chosen={to === undefined ? [] : [to]}
          min={1}
          max={1}
          invalid={wrong !== undefined}
          {...(described !== undefined && { describedBy: described })}
          onDone={([chosen]) => setTo(chosen)}
        />
      </Field>
      <blockquote class="forward-what">
        {message.content === '' ? 'A message without text' : withNames(message.content, world)}
      </blockquote>
    </Dialog>
  );
}
