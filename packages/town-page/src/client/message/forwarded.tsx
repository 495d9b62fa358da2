import type { APIMessageSnapshot } from 'discord-api-types/v10';
import type { ComponentChildren } from 'preact';
import { Icon } from '../icons.tsx';
import { When } from '../when.tsx';
import { ChannelMention } from './mention.tsx';
import { useScene } from './scene.ts';

/** Somebody else's words, brought here. Their buttons stay where they were. */
export function Forwarded({ snapshot, children }: { snapshot: APIMessageSnapshot; children: ComponentChildren }) {
  const { message, world } = useScene();
  const from = message.message_reference?.channel_id;
  return (
    <div class="forwarded">
      <div class="forwarded-head">
        <Icon name="forward" size={14} />
        <i>Forwarded</i>
      </div>
      {children}
      <div class="forwarded-foot">
        {from && <ChannelMention id={from} />} •{' '}
        <When at={Date.parse(snapshot.message.timestamp)} locale={world.me.locale} class="message-time" />
      </div>
    </div>
  );
}
