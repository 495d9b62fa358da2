import { MessageType } from 'discord-api-types/v10';
import type { ComponentChildren } from 'preact';
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
          <Sign type={message.type} />
        </span>
      </div>
      <p class="message-main system-text">
        <Words name={name} /> <When at={at} locale={world.me.locale} class="message-time" />
      </p>
    </div>
  );
}

const paths: Partial<Record<MessageType, string>> = {
  [MessageType.UserJoin]: 'M4 12h15M13 6l6 6-6 6',
  [MessageType.RecipientAdd]: 'M4 12h15M13 6l6 6-6 6',
  [MessageType.RecipientRemove]: 'M20 12H5M11 6l-6 6 6 6',
  [MessageType.ChannelPinnedMessage]: 'M9 3.500h6M10 3.500v6l-3 4h10l-3-4v-6M12 13.500V21',
  [MessageType.ThreadCreated]: 'M7 4v9a4 4 0 0 0 4 4h8M15.500 13.500 19 17l-3.500 3.500',
};
const otherwise = 'M4 20l1-4.500L16.500 4l3.500 3.500L8.500 19z';

const Sign = ({ type }: { type: MessageType }) => (
  <svg viewBox="0 0 24 24" width="18" height="18" aria-hidden="true">
    <path
      d={paths[type] ?? otherwise}
      fill="none"
      stroke="currentColor"
      stroke-width="2"
      stroke-linecap="round"
      stroke-linejoin="round"
    />
  </svg>
);

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
