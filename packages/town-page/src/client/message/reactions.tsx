import type { APIReaction } from 'discord-api-types/v10';
import { useState } from 'preact/hooks';
import { Icon } from '../icons.tsx';
import { useScene } from './scene.ts';

/** What people answered with an emoji; a press joins in or takes one's own back. */
export function Reactions({ onAdd }: { onAdd(x: number, y: number): void }) {
  const { message, channel } = useScene();
  const [failure, setFailure] = useState<string>();
  const reactions = message.reactions ?? [];
  if (reactions.length === 0) return null;
  return (
    <div class="reactions">
      {reactions.map((one) => (
        <Reaction key={one.emoji.id ?? one.emoji.name} reaction={one} onFailure={setFailure} />
      ))}
      {channel?.may.react && (
        <button
          type="button"
          class="reaction reaction-add"
          aria-label="Add reaction"
          title="Add reaction"
          onClick={(event) => {
            const { left, bottom } = event.currentTarget.getBoundingClientRect();
            onAdd(left, bottom);
          }}
        >
          <Icon name="react" />
        </button>
      )}
      {failure !== undefined && (
        <p class="failed" role="alert">
          {failure}
        </p>
      )}
    </div>
  );
}

type Props = { reaction: APIReaction; onFailure(why: string | undefined): void };

function Reaction({ reaction: { emoji, count, me }, onFailure }: Props) {
  const { acts, message } = useScene();
  const name = emoji.id ? `:${emoji.name}:` : (emoji.name ?? '');
  const sent = emoji.id ? `${emoji.name}:${emoji.id}` : name;
  return (
    <button
      type="button"
      class="reaction"
      aria-pressed={me}
      aria-label={`${name}, ${count} ${count === 1 ? 'reaction' : 'reactions'}`}
      onClick={() => {
        onFailure(undefined);
        const done = me ? acts.unreacts(message, sent) : acts.reacts(message, sent);
        done.catch((error: unknown) => onFailure(error instanceof Error ? error.message : 'That did not work.'));
      }}
    >
      <span class={emoji.id ? 'md-emoji-name' : 'emoji'} aria-hidden="true">
        {name}
      </span>
      <span class="reaction-count" aria-hidden="true">
        {count}
      </span>
    </button>
  );
}
