/** Whom one answers, whether they are pinged, and the way out. */
import { Icon } from '../icons.tsx';
import type { Message, World } from '../types.ts';

type Props = { message: Message; world: World; ping: boolean; onPing(ping: boolean): void; onCancel(): void };

export function ReplyBar({ message, world, ping, onPing, onCancel }: Props) {
  const author = world.people.get(message.author.id)?.name ?? message.author.username;
  return (
    <div class="reply-bar">
      <span class="reply-whom">
        Replying to <b>{author}</b>
      </span>
      {message.author.id !== world.me.id && (
        <button
          type="button"
          class={ping ? 'ping-toggle on' : 'ping-toggle'}
          title={ping ? `${author} will be pinged` : `${author} will not be pinged`}
          onClick={() => onPing(!ping)}
        >
          @ {ping ? 'on' : 'off'}
          <span class="sr-only">
            : {author} will {ping ? '' : 'not '}be pinged
          </span>
        </button>
      )}
      <button type="button" class="icon-button" aria-label="Cancel reply" onClick={onCancel}>
        <Icon name="close" size={18} />
      </button>
    </div>
  );
}
