import type { APIMessageSnapshot } from 'discord-api-types/v10';
import { When } from '../when.tsx';
import { Parts } from './body.tsx';
import { ChannelMention } from './mention.tsx';
import { useScene } from './scene.ts';

/** Somebody else's words, brought here. Their buttons stay where they were. */
export function Forwarded({ snapshot }: { snapshot: APIMessageSnapshot }) {
  const { message, world } = useScene();
  const from = message.message_reference?.channel_id;
  return (
    <div class="forwarded">
      <div class="forwarded-head">
        <svg viewBox="0 0 24 24" width="14" height="14" aria-hidden="true">
          <path
            d="M14 6l6 5.500-6 5.500M20 11.500h-9a7 7 0 0 0-7 7"
            fill="none"
            stroke="currentColor"
            stroke-width="2.400"
            stroke-linecap="round"
            stroke-linejoin="round"
          />
        </svg>
        <i>Forwarded</i>
      </div>
      <Parts parts={snapshot.message} />
      <div class="forwarded-foot">
        {from && <ChannelMention id={from} />} •{' '}
        <When at={Date.parse(snapshot.message.timestamp)} locale={world.me.locale} class="message-time" />
      </div>
    </div>
  );
}
