import { MessageType } from 'discord-api-types/v10';
import type { ComponentChildren } from 'preact';
import { Icon, type IconName } from '../icons.tsx';
import { When } from '../when.tsx';
import type { Author } from './about.ts';
import { colourOf, useScene } from './scene.ts';

/** What Discord itself writes: who joined, what was pinned, where a thread began. */
export function SystemLine({ author, at }: { author: Author; at: number }) {
  const { world, message } = useScene();
  const colour = colourOf(world, author.id);
  const name = (
    <b class="message-author" style={colour ? { '--role': colour } : undefined}>
      {author.name}
    </b>
  );
  return (
    <div class="message-row">
      <div class="message-side" aria-hidden="true">
        <span class="system-sign">
          <Icon name={signs[message.type] ?? 'edit'} size={18} />
        </span>
      </div>
      <p class="message-main system-text">
        <Words name={name} /> <When at={at} locale={world.me.locale} class="message-time" />
      </p>
    </div>
  );
}

const signs: Partial<Record<MessageType, IconName>> = {
  [MessageType.UserJoin]: 'come',
  [MessageType.RecipientAdd]: 'come',
  [MessageType.RecipientRemove]: 'back',
  [MessageType.ChannelPinnedMessage]: 'pin',
  [MessageType.ThreadCreated]: 'thread',
};

function Words({ name }: { name: ComponentChildren }) {
  const { message, world, onOpenChannel } = useScene();
  switch (message.type) {
    case MessageType.UserJoin:
      return <>{name} joined the server.</>;
    case MessageType.ChannelPinnedMessage:
      return <>{name} pinned a message to this channel.</>;
    case MessageType.RecipientAdd:
      return <>{name} was added.</>;
    case MessageType.RecipientRemove:
      return <>{name} left.</>;
    case MessageType.ChannelNameChange:
      return (
        <>
          {name} changed the name: <b>{message.content}</b>
        </>
      );
    case MessageType.ThreadCreated: {
      const thread = message.message_reference?.channel_id ?? '';
      return (
        <>
          {name} started a thread:{' '}
          {world.channels.has(thread) ? (
            <button type="button" class="system-link" onClick={() => onOpenChannel(thread)}>
              {message.content}
            </button>
          ) : (
            <b>{message.content}</b>
          )}
        </>
      );
    }
    default:
      return (
        <>
          {name} {message.content}
        </>
      );
  }
}
